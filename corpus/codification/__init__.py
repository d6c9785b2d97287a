"""The official codification (Bộ pháp điển điện tử): from the package as a user downloads it to records.

In the order the data flows: ``package`` and ``page_parsing`` read pages, ``page`` and ``note`` parse them, ``staging`` keeps them on disk,
``documents`` groups articles by the document they come from, ``records`` and ``references`` make records, ``importing`` loads
them in one transaction; ``register`` makes the tables that ship from the same records.
"""
