"""A program that says nothing for a minute: what a reader that hangs looks like."""

import time

if __name__ == "__main__":
    time.sleep(60)
