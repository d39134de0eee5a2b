//! Short lists, kept in place.

/// A list of the law's: articles, grounds, duties. Most have one entry or two, hardly any more than four; as long as they
/// have no more, they lie in place and a decision allocates nothing.
pub type List<T> = smallvec::SmallVec<[T; 4]>;
