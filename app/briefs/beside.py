"""What stands beside a profile, on its pages and in its brief: the wave before, and other councils."""

from sqlalchemy.orm import Session

from app.profiles.council_groups import full_groups, version_of
from app.profiles.models import IssuedRelease, ProfileSnapshot
from app.profiles.queries import profile_of, published_in, published_in_order
from diagnostics.comparison import Comparison, compare
from diagnostics.published import PublishedProfile


def previous_of(session: Session, snapshot: ProfileSnapshot) -> PublishedProfile | None:
    """Give the profile with which a profile compares itself, as it was published where it was."""
    if snapshot.previous_id is None:
        return None
    before = session.get_one(ProfileSnapshot, snapshot.previous_id)
    published = [one for one in published_in(session, before.diagnostic_id) if one.snapshot_id == before.id]
    kept: IssuedRelease | ProfileSnapshot = published[-1] if published else before
    return profile_of(kept)


def comparison_for(session: Session, profile: PublishedProfile) -> Comparison | None:
    """Compare a profile with other councils of its framework version; None where they are too few.

    Only full groups count, so that nobody learns of one council from two looks at the median.
    """
    groups = full_groups(published_in_order(session), version_of(profile))
    return compare(profile, (one for group in groups for one in group))
