//! Ctrl-C, requests to terminate, and terminals that are closed.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that the first of them sets; a run then ends after the day it is in.
pub(super) fn flag() -> anyhow::Result<Arc<AtomicBool>> {
    let interrupt = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupt);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    std::thread::Builder::new().name("interrupt".to_owned()).spawn(move || {
        runtime.block_on(async {
            // Where nothing can be heard, nobody has asked.
            if asked_to_stop().await.is_err() {
                return;
            }
            flag.store(true, Ordering::Relaxed);
            // A second one does not wait for the day to end.
            if asked_to_stop().await.is_ok() {
                std::process::exit(130);
            }
        });
    })?;
    Ok(interrupt)
}

#[cfg(unix)]
async fn asked_to_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let hung_up = async {
        // Listening to it would undo what `nohup` has done.
        if !hears_hangups() {
            return std::future::pending().await;
        }
        signal(SignalKind::hangup())?.recv().await;
        Ok(())
    };
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
        result = hung_up => result,
    }
}

/// Whether a closed terminal is to end this process, as far as the system tells: elsewhere than on Linux it is left to end it
/// at once. Asked once, for whoever listens is told so itself afterwards.
#[cfg(unix)]
fn hears_hangups() -> bool {
    static HEARS: std::sync::LazyLock<bool> = std::sync::LazyLock::new(|| {
        #[expect(clippy::disallowed_methods, reason = "what the system says of this process; nobody writes it")]
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        is_heard(&status)
    });
    *HEARS
}

/// Whether the first signal, a hangup, is not among those ignored.
#[cfg(unix)]
fn is_heard(status: &str) -> bool {
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 0)
}

#[cfg(not(unix))]
async fn asked_to_stop() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[cfg(all(test, unix))]
mod tests {
    use super::is_heard;

    #[test]
    fn a_hangup_is_heard_unless_it_is_ignored_or_nobody_says() {
        assert!(is_heard("SigBlk:\t0000000000000000\nSigIgn:\t0000000000001000\n"));
        assert!(!is_heard("SigIgn:\t0000000000001001\n"));
        assert!(!is_heard(""));
    }
}
