"""What accounts send by mail: every message, word for word."""

from app.accounts.person import ROLE_NAMES, Role
from app.mail.messages import Message

PRODUCT = "Evidence-use diagnostic"
NOT_YOU = "If this was not you, tell your programme lead at once."


def place_words(role: str, authority: str) -> str:
    """Name a role and where it holds: "reader for Wexbourne"."""
    name = ROLE_NAMES[role]
    name = name[0].lower() + name[1:]
    return f"{name} for {authority}" if authority else name


def _letter(to: str, name: str, subject: str, kind: str, *paragraphs: str) -> Message:
    text = "\n\n".join((f"Hello {name}", *paragraphs, PRODUCT))
    return Message(to=to, subject=f"{subject} – {PRODUCT}", text=f"{text}\n", kind=kind)


def invitation(to: str, name: str, role: str, authority: str, link: str, until: str) -> Message:
    """Invite somebody to join."""
    return _letter(
        to,
        name,
        "You are invited to join",
        "invitation",
        f"You have been invited to join the {PRODUCT} as {place_words(role, authority)}. The service shows a "
        "council’s children’s services how they use evidence, and what to do next.",
        f"To join, open this link by {until}. It works once, and is for you only:",
        link,
        "You will check your name, choose how you sign in, and be done in about five minutes. "
        "Have your phone at hand.",
        "If you did not expect this, do nothing. Nobody can use the invitation without the link.",
    )


def role_given(to: str, name: str, role: str, authority: str, address: str) -> Message:
    """Tell somebody who has an account already of a new role."""
    return _letter(
        to,
        name,
        "You have a new role",
        "role given",
        f"You are now {place_words(role, authority)}.",
        f"Sign in as you always do: {address}",
        "If you did not expect this, ask your programme lead.",
    )


def role_taken(to: str, name: str, role: str, authority: str) -> Message:
    """Tell somebody that a role of theirs has ended."""
    return _letter(
        to,
        name,
        "One of your roles has ended",
        "role taken",
        f"You are no longer {place_words(role, authority)}. Your other roles, if you have any, stay.",
        "If you did not expect this, ask your programme lead.",
    )


def invitation_withdrawn(to: str, name: str) -> Message:
    """Tell somebody that an invitation does not hold any more."""
    return _letter(
        to,
        name,
        "Your invitation was withdrawn",
        "invitation withdrawn",
        "The invitation that we sent you was withdrawn. Its link no longer works.",
        "If you think that this is a mistake, ask whoever invited you.",
    )


def reset_link(to: str, name: str, link: str) -> Message:
    """Send a link to choose a new password."""
    return _letter(
        to,
        name,
        "Choose a new password",
        "password link",
        "Somebody, probably you, asked for a new password for your account.",
        "To choose one, open this link within an hour. It works once:",
        link,
        "You will still need a code from your app, or a recovery code, to sign in.",
        "If you did not ask for this, do nothing. Your password stays as it is.",
    )


def not_joined_yet(to: str, name: str) -> Message:
    """Answer somebody who asked for a new password, but has not joined."""
    return _letter(
        to,
        name,
        "You have not joined yet",
        "password link",
        "Somebody, probably you, asked for a new password. You were invited, but have not joined yet, "
        "so there is no password.",
        "Open the link in your invitation. If it no longer works, ask whoever invited you to send it again.",
    )


def use_single_sign_on(to: str, name: str, provider: str, address: str) -> Message:
    """Answer somebody who asked for a new password, but signs in elsewhere."""
    return _letter(
        to,
        name,
        "You sign in without a password here",
        "password link",
        f"Somebody, probably you, asked for a new password. You sign in with {provider}, "
        "so this service keeps no password of yours.",
        f"Sign in here: {address}",
        "If you cannot sign in there, ask your organisation’s IT support.",
    )


def password_changed(to: str, name: str) -> Message:
    """Tell of a new password."""
    return _letter(
        to,
        name,
        "Your password was changed",
        "security change",
        "Your password was changed just now, and you were signed out everywhere else.",
        f"{NOT_YOU} You can also choose another password: go to the sign-in page and follow “I have "
        "forgotten my password”.",
    )


def app_changed(to: str, name: str) -> Message:
    """Tell of a new app."""
    return _letter(
        to,
        name,
        "Your authenticator app was set up",
        "security change",
        "An authenticator app was set up for your account just now. Codes of an app that you used before no "
        "longer work, nor do earlier recovery codes.",
        NOT_YOU,
    )


def recovery_codes_made(to: str, name: str) -> Message:
    """Tell of new recovery codes."""
    return _letter(
        to,
        name,
        "You have new recovery codes",
        "security change",
        "New recovery codes were made for your account just now. The earlier ones no longer work.",
        NOT_YOU,
    )


def recovery_code_used(to: str, name: str, left: int, address: str) -> Message:
    """Tell that a recovery code was used."""
    rest = {0: "You have none left.", 1: "You have one left."}.get(left, f"You have {left} left.")
    return _letter(
        to,
        name,
        "A recovery code was used",
        "security change",
        f"Somebody, probably you, signed in to your account with a recovery code just now. {rest}",
        f"If you have lost your phone, set up your app anew: {address}",
        NOT_YOU,
    )


def many_wrong_codes(to: str, name: str) -> Message:
    """Warn somebody whose password is known to whoever keeps typing wrong codes."""
    return _letter(
        to,
        name,
        "Somebody may know your password",
        "security change",
        "Somebody typed your password, and then a wrong code several times. They are not signed in.",
        "If this was you, wait a few minutes and try again, or use a recovery code.",
        "If it was not, choose a new password now: go to the sign-in page and follow “I have forgotten my "
        "password”.",
    )


def sign_in_reset(to: str, name: str, link: str) -> Message:
    """Tell somebody that they must set up anew how they sign in."""
    return _letter(
        to,
        name,
        "Set up anew how you sign in",
        "security change",
        "A programme lead, or a commissioner of your council, has reset how you sign in, after checking that "
        "it is you who asked. Your old password, app and recovery codes no longer work, and you were signed "
        "out everywhere.",
        "To choose a new password, open this link within an hour. It works once. Then set up your app:",
        link,
        "If the hour has passed, go to the sign-in page and follow “I have forgotten my password”.",
        "If you did not ask for this, tell your programme lead at once.",
    )


def sign_in_reset_single(to: str, name: str, provider: str, address: str) -> Message:
    """Tell somebody who signs in elsewhere that the connection was undone."""
    return _letter(
        to,
        name,
        "Sign in again",
        "security change",
        "A programme lead, or a commissioner of your council, has reset how you sign in, after checking that "
        "it is you who asked. You were signed out everywhere.",
        f"To connect your account again, sign in with {provider}: {address}",
        "If you did not ask for this, tell your programme lead at once.",
    )


def connected(to: str, name: str, provider: str) -> Message:
    """Tell that single sign-on now opens the account."""
    return _letter(
        to,
        name,
        "Single sign-on was connected",
        "security change",
        f"You can now sign in to your account with {provider}.",
        NOT_YOU,
    )


def confirm_address(to: str, name: str, link: str) -> Message:
    """Ask for proof that mail to a new address arrives."""
    return _letter(
        to,
        name,
        "Confirm your new email address",
        "new address",
        "Somebody, probably you, asked to sign in with this address from now on.",
        "To confirm it, open this link within an hour, in the browser in which you are signed in:",
        link,
        "If you did not ask for this, do nothing.",
    )


def address_changed(to: str, name: str) -> Message:
    """Tell the old and the new address."""
    return _letter(
        to,
        name,
        "Your email address was changed",
        "security change",
        "The email address with which you sign in was changed just now. Mail from this service goes to "
        "the new one.",
        NOT_YOU,
    )


def disabled(to: str, name: str) -> Message:
    """Tell somebody that they cannot sign in any more."""
    return _letter(
        to,
        name,
        "Your account was switched off",
        "security change",
        "A programme lead has switched your account off. You cannot sign in for now. Nothing that you did is "
        "lost.",
        "If you think that this is a mistake, ask your programme lead.",
    )


def enabled(to: str, name: str, address: str) -> Message:
    """Tell somebody that they can sign in again."""
    return _letter(
        to,
        name,
        "Your account was switched on again",
        "security change",
        f"You can sign in again, as you did before: {address}",
    )


def closed(to: str, name: str) -> Message:
    """Say goodbye; the last message to this address."""
    return _letter(
        to,
        name,
        "Your account was closed",
        "security change",
        "Your account was closed just now. Your name, your email address and everything that you signed in "
        "with were deleted. What you did stays, under a name that stands for a former user.",
        "This is the last message that we send you.",
    )


def role_name(role: str) -> str:
    """Name a role in the middle of a sentence."""
    return place_words(Role(role), "")
