//! Open files: how many the servers of a run take, and how many the system allows.

use super::NotOpened;

/// What a server takes: its listener, and both ends of the one line that this process has to it.
const OF_A_SERVER: u64 = 3;

/// What a run takes besides: streams, log, tables and page, what the runtime waits by, and what is accepted only to be
/// closed.
const BESIDES: u64 = 64;

/// Makes room for so many servers, by raising the limit where it is too low; how many connections of others each of them may
/// take, so that all together leave the run its own.
///
/// # Errors
/// When the system allows too few.
pub(super) fn room_for(servers: usize) -> Result<usize, NotOpened> {
    let needed = servers as u64 * OF_A_SERVER + BESIDES;
    let allowed = allowed(needed);
    let spare = allowed.checked_sub(needed).ok_or(NotOpened::Descriptors { servers, needed, allowed })?;
    Ok(usize::try_from(spare / servers.max(1) as u64).unwrap_or(usize::MAX))
}

/// How many files this process may have open. Raised as far as the system lets it, or else to what is needed: some systems
/// take no more than a number of their own, whatever the limit says.
#[cfg(unix)]
fn allowed(needed: u64) -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    for current in [limit.maximum, Some(needed)] {
        let is_higher = limit.current.is_some_and(|soft| current.is_none_or(|current| soft < current));
        if is_higher && setrlimit(Resource::Nofile, Rlimit { current, maximum: limit.maximum }).is_ok() {
            break;
        }
    }
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
fn allowed(_: u64) -> u64 {
    u64::MAX
}
