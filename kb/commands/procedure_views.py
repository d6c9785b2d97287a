"""The three ways in which procedures are listed: the catalogue, the analyst's list, the documents that must be amended."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.commands.options import print_objects
from kb.console import print_result
from kb.export import Table
from kb.ledger.procedures.rule_table import Laws
from kb.ledger.procedures.tables import procedure_table, procedure_values
from kb.ledger.procedures.texts import catalogue_lines, document_lines, unsimplified_lines
from kb.ledger.procedures.unsimplified import ProcedureRow
from kb.ledger.procedures.unsimplified_answer import Answer
from kb.ledger.procedures.unsimplified_tables import answer_tables, document_table, waiting_table
from kb.ledger.procedures.unsimplified_values import answer_values, document_values, sums_values


@dataclass(frozen=True, slots=True)
class View(ABC):
    """An answer in one way: lines for people, JSON for programs, tables of which a CSV file holds the first."""

    answer: Answer
    laws: Laws

    @abstractmethod
    def lines(self) -> Iterator[str]:
        """For the terminal."""

    @abstractmethod
    def tables(self) -> list[Table]:
        """For files."""

    @abstractmethod
    def print_json(self) -> None:
        """For programs, on standard output."""


class CatalogueView(View):
    """Every procedure that was asked for, whatever can be said of it."""

    @property
    def rows(self) -> Sequence[ProcedureRow]:
        """The procedures; with signals asked for, those that meet one."""
        return self.answer.listed if self.answer.wanted.signals else self.answer.rows

    def lines(self) -> Iterator[str]:
        """A line a procedure, then the sum."""
        return catalogue_lines(self.answer, self.rows)

    def tables(self) -> list[Table]:
        """The procedures."""
        return [procedure_table(self.rows, self.answer.on, self.answer.wanted.signals)]

    def print_json(self) -> None:
        """A list of objects, streamed."""
        signals = self.answer.wanted.signals
        print_objects(procedure_values(row, self.answer.on, self.laws.of, signals) for row in self.rows)


class UnsimplifiedView(View):
    """The procedures with a reason, and the sums."""

    def lines(self) -> Iterator[str]:
        """Each procedure with its reasons, then the sums."""
        return unsimplified_lines(self.answer)

    def tables(self) -> list[Table]:
        """The list, then its sums by ministry, document and signal."""
        return answer_tables(self.answer)

    def print_json(self) -> None:
        """One object: sums, documents, procedures."""
        print_result(answer_values(self.answer, self.laws), True, lambda: None)  # noqa: FBT003 - as JSON


class DocumentView(View):
    """The documents that must be amended."""

    def lines(self) -> Iterator[str]:
        """Each document with the procedures that wait for it."""
        return document_lines(self.answer)

    def tables(self) -> list[Table]:
        """A row a document; a row a document and procedure."""
        return [document_table(self.answer), waiting_table(self.answer)]

    def print_json(self) -> None:
        """One object: sums, documents."""
        values = {**sums_values(self.answer), "by_document": document_values(self.answer)}
        print_result(values, True, lambda: None)  # noqa: FBT003 - as JSON
