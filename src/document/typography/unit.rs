//! Numbers and their units.

use super::{pass::Pass, spot::SpotKind};

/// Units of data, rates, frequency, time, length and mass that have two letters or more.
fn is_unit(text: &[u8]) -> bool {
    matches!(
        text,
        b"KB"
            | b"kB"
            | b"MB"
            | b"GB"
            | b"TB"
            | b"PB"
            | b"KiB"
            | b"MiB"
            | b"GiB"
            | b"TiB"
            | b"PiB"
            | b"Kbps"
            | b"kbps"
            | b"Mbps"
            | b"Gbps"
            | b"Hz"
            | b"kHz"
            | b"KHz"
            | b"MHz"
            | b"GHz"
            | b"ms"
            | b"ns"
            | b"us"
            | b"mm"
            | b"cm"
            | b"km"
            | b"kg"
            | b"mg"
            | b"kW"
            | b"mAh"
            | b"fps"
            | b"dpi"
            | b"QPS"
            | b"TPS"
            | b"IOPS"
    )
}

impl Pass<'_> {
    /// Looks behind the number that a word begins with.
    pub(super) fn unit(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let before = if start > self.start { bytes[start - 1] } else { b' ' };
        // Part of a name, or of an expression.
        if matches!(before, b'_' | b'-' | b'/' | b'#' | b'@' | b'=' | b'\\' | b'$') {
            return;
        }
        let is_part = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
        let whole = start - bytes[self.start..start].iter().rev().take(20).take_while(is_part).count();
        let digits = bytes[start..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = start + digits;
        if number < end {
            let is_closed = !matches!(bytes.get(end), Some(b'_' | b'-'));
            if end - number <= 4 && is_closed && is_unit(&bytes[number..end]) {
                self.found(SpotKind::Unit { is_spaced: false }, whole, end);
            }
            return;
        }
        if bytes.get(end) != Some(&b' ') {
            return;
        }
        let rest = &bytes[end + 1..];
        let word = rest.iter().take(5).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if word > 1 {
            let is_closed = !matches!(rest.get(word), Some(b'_' | b'-'));
            if is_closed && is_unit(&rest[..word]) {
                self.found(SpotKind::Unit { is_spaced: true }, whole, end + 1 + word);
            }
        } else if let Some(sign) = self.at(end + 1).filter(|&sign| matches!(sign, '%' | '‰' | '°')) {
            let behind = end + 1 + sign.len_utf8();
            // A remainder goes on with a number or a name, and of degrees the scale is said.
            let next = self.text[behind..].trim_start_matches(' ').chars().next();
            let is_sign = next.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '(' | '%' | '='));
            if is_sign {
                self.found(SpotKind::Sign, whole, behind);
            }
        }
    }
}
