"""Administrative procedures as the national portal gives them: its JSON, its rendered pages, its exports."""

from corpus.parse.procedures.detail import read_detail
from corpus.parse.procedures.exports import read_old_page, read_word_export
from corpus.parse.procedures.lists import is_list, read_list
from corpus.parse.procedures.records import kind_of, read_record, records_in
from corpus.parse.procedures.rendered import read_rendered
from corpus.parse.procedures.values import NotAProcedureError

__all__ = [
    "NotAProcedureError",
    "is_list",
    "kind_of",
    "read_detail",
    "read_list",
    "read_old_page",
    "read_record",
    "read_rendered",
    "read_word_export",
    "records_in",
]
