//! Versions, by which an edit says what its admin saw.

/// Whether an edit of the version that an admin saw has been overtaken by another. One that would change nothing has not: it was
/// done before, and its answer was lost on the way, or another admin wanted the same. (RFC 9110, 13.1.1, has an answer of success
/// for a change that is there already.)
pub(super) fn is_overtaken(seen: u64, is: u64, unchanged: bool) -> bool {
    seen != is && !(unchanged && seen < is)
}

#[cfg(test)]
mod tests {
    use super::is_overtaken;

    #[test]
    fn an_older_version_may_be_edited_into_what_there_is_and_no_version_to_come() {
        assert!(!is_overtaken(3, 3, false));
        assert!(is_overtaken(2, 3, false));
        assert!(!is_overtaken(2, 3, true));
        assert!(is_overtaken(4, 3, true));
    }
}
