"""The lawful basis in words: what it means, and what it does to people's rights."""

from dataclasses import dataclass

from app.commissioning.models import LEGITIMATE_INTERESTS, OTHER_BASIS, PUBLIC_TASK


@dataclass(frozen=True, slots=True)
class LawfulBasis:
    """A lawful basis. ``law`` is for the impact assessment, the rest for staff."""

    name: str
    said: str
    objecting: str
    law: str
    confirmed: bool


_NAMES = {
    PUBLIC_TASK: "public task (UK GDPR, Article 6(1)(e))",
    LEGITIMATE_INTERESTS: "legitimate interests (UK GDPR, Article 6(1)(f))",
}
_SAID = {
    PUBLIC_TASK: "The controller uses the data to carry out a task in the public interest: to run and "
    "improve children’s services. The law calls this {name}.",
    LEGITIMATE_INTERESTS: "The controller has a good reason to use the data: it wants to learn how well its "
    "services use evidence, so that it can improve them. It has weighed this against the interests of staff. "
    "The law calls this {name}.",
}
_OBJECTING = (
    "You can object to the use of your data, for reasons that have to do with you. The controller must then "
    "stop, unless it has strong reasons to go on."
)
_LAW = {
    PUBLIC_TASK: "Article 6(3) asks for a task that is laid down in law. The council’s duties to make "
    "arrangements for continuous improvement (Local Government Act 1999, section 3) and to have regard to "
    "the need to safeguard children and promote their welfare (Children Act 2004, section 11) are "
    "candidates. The council names the task: [to be completed: the law that lays down the task].",
    LEGITIMATE_INTERESTS: "The interest is to learn how well the service uses evidence and to improve it. "
    "A public authority cannot rely on this basis for its public tasks, so the controller says why this is "
    "not one. It also keeps a record of the balance between this interest and those of staff: [to be "
    "completed: why this is not a public task, and where the assessment of legitimate interests is kept].",
    OTHER_BASIS: "The council records why this basis fits and what follows from it: [to be completed: the "
    "reasons for this basis, and what follows for people’s rights].",
}
_OPEN = (
    "The lawful basis is still to be confirmed by the council. For a council it is usually public task (UK "
    "GDPR, Article 6(1)(e)); where the work is not a public task it can be legitimate interests (Article "
    "6(1)(f))."
)
_NO_CONSENT = (
    "Consent is not the basis: between an employer and its staff it is rarely given freely. Staff still "
    "choose whether to take part."
)


def lawful_basis(chosen: str, other: str, *, confirmed: bool, missing: str) -> LawfulBasis:
    """Put a lawful basis into words; until the council has confirmed one, say that it is to be confirmed."""
    name = _NAMES.get(chosen) or (other.strip() if chosen == OTHER_BASIS else "")
    if not confirmed or not name:
        proposed = f" The council has proposed {name}." if name else ""
        return LawfulBasis(
            name=f"to be confirmed by the council {missing}",
            said=f"{_OPEN}{proposed} {missing}",
            objecting=_OBJECTING,
            law=f"{_OPEN}{proposed} {_NO_CONSENT} {missing}",
            confirmed=False,
        )
    return LawfulBasis(
        name=name,
        said=_SAID.get(chosen, "The controller’s lawful basis is {name}.").replace("{name}", name),
        objecting=_OBJECTING if chosen in _NAMES else f"{_OBJECTING} This depends on the lawful basis.",
        # Another basis may be consent after all; the council gives its reasons.
        law=f"The lawful basis is {name}. {_LAW[chosen]}" + (f" {_NO_CONSENT}" if chosen in _NAMES else ""),
        confirmed=True,
    )
