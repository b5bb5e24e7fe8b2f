"""A codebook beside the codes that are here: what is the framework's, what is new, what would change."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4, uuid5

from sqlalchemy.orm import Session

from app.accounts.person import Person
from app.audit.services import note
from app.commissioning.checked_uploads import checked, sign_checked
from app.commissioning.models import Diagnostic
from app.fieldwork.exchange.queries import codes_taken, own_codes_of
from app.fieldwork.models import OwnCode
from app.interchange.codebook import Code, framework_codes, framework_guid
from app.interchange.vocabulary import folded, quoted
from app.web.secrets import Secrets
from diagnostics.framework import Framework

LONGEST_NAME, LONGEST_DESCRIPTION, MOST_OWN = 200, 10_000, 500
_PURPOSE = "codebook upload"


@dataclass(frozen=True, slots=True)
class Sent:
    """An own code of a file: its GUID there, and the id of what it is beneath."""

    guid: str
    name: str
    description: str
    beneath: str


@dataclass(slots=True)
class Comparison:
    """What a codebook would do: codes of the framework in it, and own codes new, changed and the same.

    ``under`` says beneath which own code a code stood that is now beneath what that one is beneath.
    """

    of_framework: int = 0
    new: list[Sent] = field(default_factory=list)
    changed: list[tuple[UUID, Sent]] = field(default_factory=list)
    same: int = 0
    wrong: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def version(self) -> str:
        """Name what would happen."""
        return hashlib.sha256(repr((self.new, self.changed)).encode()).hexdigest()


def codebook_of(session: Session, diagnostic: Diagnostic, framework: Framework) -> tuple[Code, ...]:
    """Give the codes of a diagnostic: the framework's, and beneath them its own."""
    own: dict[str, list[Code]] = {}
    known = {*names_of(framework)}
    for one in own_codes_of(session, diagnostic.id):
        beneath = one.beneath if one.beneath in known else ""
        own.setdefault(beneath, []).append(Code(one.id, one.name, one.description))
    return framework_codes(framework, own)


def names_of(framework: Framework) -> dict[str, str]:
    """Give the names of headings and characteristics by their ids."""
    headings = {one.id: one.name for one in framework.headings}
    return headings | {one.id: one.name for one in framework.characteristics}


def flattened(framework: Framework, codes: Sequence[Code]) -> tuple[tuple[Sent, ...], int, tuple[str, ...]]:
    """Give a file's own codes, how many of its codes are the framework's, and what has to be said of it."""
    names = names_of(framework)
    by_guid = {framework_guid(framework, one): one for one in names}
    by_name = {folded(name): one for one, name in names.items()}
    own: list[Sent] = []
    found: set[str] = set()
    said: list[str] = []

    def walk(these: Sequence[Code], beneath: str, within: str) -> None:
        for code in these:
            of_framework = by_guid.get(code.guid) if code.guid else None
            of_framework = of_framework or by_name.get(folded(code.name))
            if of_framework is not None:
                found.add(of_framework)
                if folded(code.name) != folded(names[of_framework]):
                    said.append(
                        f"{quoted(code.name)} is a code of the framework. It stays “{names[of_framework]}”."
                    )
                walk(code.codes, of_framework, "")
                continue
            own.append(Sent(str(code.guid or ""), code.name, code.description, beneath))
            if within:
                above = f"“{names[beneath]}”" if beneath else "no other code"
                said.append(
                    f"{quoted(code.name)} stands beneath {quoted(within)}, which is not of the framework. It "
                    f"would stand beneath {above}."
                )
            walk(code.codes, beneath, code.name)

    walk(codes, "", "")
    return tuple(own), len(found), tuple(said)


def compare_codes(session: Session, diagnostic: Diagnostic, own: Sequence[Sent]) -> Comparison:
    """Compare the own codes of a file with those that are here."""
    result = Comparison()
    saved = own_codes_of(session, diagnostic.id)
    by_id: Mapping[UUID, OwnCode] = {one.id: one for one in saved}
    by_name = {folded(one.name): one for one in saved}
    seen: set[str] = set()
    met: set[UUID] = set()
    for sent in own:
        result.wrong += _wrong(sent, seen)
        seen.add(folded(sent.name))
        found = next((by_id[one] for one in _ids(diagnostic, sent) if one in by_id), None)
        found = found or by_name.get(folded(sent.name))
        if found is None:
            result.new.append(sent)
        elif found.id in met:
            result.wrong.append(f"{quoted(sent.name)} is in the file twice. Keep one of the two.")
        elif (found.name, found.description, found.beneath) == (sent.name, sent.description, sent.beneath):
            result.same += 1
        else:
            result.changed.append((found.id, sent))
        if found is not None:
            met.add(found.id)
    names = {one.id: folded(one.name) for one in saved} | {
        one: folded(sent.name) for one, sent in result.changed
    }
    if len(set(names.values())) < len(names) or set(names.values()) & {
        folded(one.name) for one in result.new
    }:
        result.wrong.append("Two codes would have the same name. Give each a name of its own.")
    if len(saved) + len(result.new) > MOST_OWN:
        result.wrong.append(f"A diagnostic can have {MOST_OWN} own codes, and would have more.")
    return result


def _wrong(sent: Sent, seen: set[str]) -> Iterator[str]:
    if not sent.name:
        yield "A code has no name. Name it, and export the codebook anew."
    elif folded(sent.name) in seen:
        yield f"The name {quoted(sent.name)} stands twice. Give each code a name of its own."
    if len(sent.name) > LONGEST_NAME:
        yield f"The name {quoted(sent.name)} is longer than {LONGEST_NAME} characters. Shorten it."
    if len(sent.description) > LONGEST_DESCRIPTION:
        yield f"The description of {quoted(sent.name)} is longer than {LONGEST_DESCRIPTION:,} characters."


def _ids(diagnostic: Diagnostic, sent: Sent) -> tuple[UUID, ...]:
    """Give the ids that a code of a file can have here: its GUID, or one made of it where that was taken."""
    if not sent.guid:
        return ()
    guid = UUID(sent.guid)
    return guid, uuid5(diagnostic.id, str(guid))


def take_in_codes(session: Session, diagnostic: Diagnostic, person: Person, found: Comparison) -> None:
    """Add and change own codes."""
    ids = [one for sent in found.new for one in _ids(diagnostic, sent)]
    taken = set(codes_taken(session, ids))
    by_id = {one.id: one for one in own_codes_of(session, diagnostic.id)}
    for code_id, _ in found.changed:
        # Two codes may swap their names, which the database would not let them do one by one.
        by_id[code_id].name = str(code_id)
    session.flush()
    for code_id, sent in found.changed:
        code = by_id[code_id]
        code.name, code.description, code.beneath = sent.name, sent.description, sent.beneath
    for sent in found.new:
        chosen = next((one for one in _ids(diagnostic, sent) if one not in taken), None) or uuid4()
        taken.add(chosen)
        session.add(
            OwnCode(
                id=chosen,
                diagnostic_id=diagnostic.id,
                name=sent.name,
                description=sent.description,
                beneath=sent.beneath,
            )
        )
    session.flush()
    note(
        session,
        "codebook taken in",
        person.id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        codes=len(found.new),
        codes_changed=len(found.changed),
    )


def sign_codes(
    secrets: Secrets, diagnostic: Diagnostic, person_id: UUID, version: str, own: Sequence[Sent]
) -> str:
    """Put what was read into a text that only this service can have made."""
    rows = [[one.guid, one.name, one.description, one.beneath] for one in own]
    return sign_checked(secrets, _PURPOSE, diagnostic, person_id, version, rows)


def accepted_codes(
    secrets: Secrets, diagnostic: Diagnostic, person_id: UUID, text: str
) -> tuple[str, tuple[Sent, ...]] | None:
    """Take back the version and the codes that were signed; None where they were not, for these two."""
    found = checked(secrets, _PURPOSE, diagnostic, person_id, text)
    return None if found is None else (found.version, tuple(Sent(*row) for row in found.content))
