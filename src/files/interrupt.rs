//! Being interrupted while files are written.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use signal_hook::{consts::TERM_SIGNALS, flag};

/// That a terminal is gone ends a program as well.
#[cfg(unix)]
const MORE_SIGNALS: &[i32] = &[signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const MORE_SIGNALS: &[i32] = &[];

/// What the signals that end a program look at, from the first time that files are written.
struct Signals {
    /// Whether they end it, as they do without us.
    end: Arc<AtomicBool>,
    /// Whether one came that did not.
    came: Arc<AtomicBool>,
}

static SIGNALS: OnceLock<Signals> = OnceLock::new();

/// While this lives, a signal to end is only noted, so that whoever writes can clear up first.
pub(super) struct Held(&'static Signals);

impl Held {
    pub(super) fn new() -> Self {
        let signals = SIGNALS.get_or_init(|| {
            let signals = Signals { end: Arc::new(AtomicBool::new(true)), came: Arc::default() };
            for &signal in TERM_SIGNALS.iter().chain(MORE_SIGNALS).filter(|signal| !is_ignored(**signal)) {
                // Where one cannot be held, it ends the program, as it did before.
                let held = flag::register_conditional_default(signal, signals.end.clone());
                let _ = held.and_then(|_| flag::register(signal, signals.came.clone()));
            }
            signals
        });
        signals.end.store(false, Ordering::SeqCst);
        Self(signals)
    }

    /// Whether a signal came.
    pub(super) fn is_interrupted(&self) -> bool {
        self.0.came.load(Ordering::SeqCst)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.end.store(true, Ordering::SeqCst);
    }
}

/// Whether a signal does not end the program, as under `nohup`; where the system does not say so, none is.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
