"""Tables on their way out and back in: CSV for Excel, typed XLSX, JSON; one model for all of them.

A :class:`Table` has typed columns and a stream of rows; whatever the format, four columns close each row: the day that the
row speaks of, the source, its address and the place there. Write one with :func:`export_table`, read a CSV or XLSX that a
person has edited with :func:`read_sheet`.

**Formulas.** A spreadsheet may run a text that begins like a formula. In CSV and XLSX such a text (and a heading) gets an
apostrophe in front, see :mod:`kb.export.neutral`; numbers and days are written as such and never as text. Reading takes
the apostrophe away again: what comes back is what was written. JSON is run by no spreadsheet and keeps the text as it is.
"""

from kb.export.files import Format, export_table, export_workbook
from kb.export.json_file import write_json
from kb.export.sheets import Sheet, SheetRow, read_sheet
from kb.export.table import Cell, Column, ColumnKind, Link, Row, Table

__all__ = [
    "Cell",
    "Column",
    "ColumnKind",
    "Format",
    "Link",
    "Row",
    "Sheet",
    "SheetRow",
    "Table",
    "export_table",
    "export_workbook",
    "read_sheet",
    "write_json",
]
