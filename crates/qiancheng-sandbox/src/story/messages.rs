//! Short messages and data sessions.

use super::calendar::Moment;
use super::calls::Clock;
use super::identity::Papers;
use super::life::Life;
use super::peers::{Peer, Role, is_mobile};
use super::places::Place;
use super::rng::Wheel;

/// One short message.
#[derive(Debug, Clone)]
pub(super) struct Sms {
    /// When.
    pub(super) at: Moment,
    /// The other number.
    pub(super) number: String,
    /// Sent by the applicant.
    pub(super) sent: bool,
    /// Where the applicant was.
    pub(super) place: &'static Place,
    /// Price in fen; [`super::bills`] sets it.
    pub(super) fee: i64,
}

/// One data session.
#[derive(Debug, Clone)]
pub(super) struct Net {
    /// When it began.
    pub(super) at: Moment,
    /// Length in seconds.
    pub(super) seconds: i64,
    /// Volume in KB.
    pub(super) kilobytes: i64,
    /// As the carrier calls it.
    pub(super) network: &'static str,
    /// Where the applicant was.
    pub(super) place: &'static Place,
    /// Price in fen; [`super::bills`] sets it.
    pub(super) fee: i64,
}

/// All short messages, in order of time: people, then codes and notices of services, more of them from lenders the riskier.
pub(super) fn smses(papers: &Papers, life: &Life, peers: &[Peer]) -> Vec<Sms> {
    let mut stream = papers.stream("smses");
    let clock = Clock::new(life, true, 0.03 + 0.08 * life.risk, &mut stream);
    let count = life.calls * 35 / 100 + stream.between(20, 60) as usize;
    let people = Wheel::new(peers.iter().map(|peer| match peer.role {
        Role::Family | Role::Friend | Role::Colleague if is_mobile(&peer.number) => peer.weight,
        Role::Loan => 0.15,
        Role::Bank | Role::Hotline | Role::CreditCard => 0.25,
        Role::Collection if is_mobile(&peer.number) => 0.05,
        _ => 0.0,
    }));
    // Senders of codes and advertisements: shops for everybody, lenders for the risky.
    let services = 6 + (20.0 * life.risk) as usize;
    let services: Vec<String> = (0..services).map(|_| format!("1069{}", stream.digits(8))).collect();
    let mut list: Vec<Sms> = (0..count)
        .map(|_| {
            let at = clock.moment(clock.day(&mut stream), &mut stream);
            let (number, sent) = if stream.chance(0.45 + 0.2 * life.risk) {
                (stream.pick(&services).clone(), false)
            } else {
                let peer = &peers[people.spin(&mut stream)];
                (peer.number.clone(), peer.role.private() && stream.chance(0.5))
            };
            Sms { at, number, sent, place: life.whereabouts[life.calendar.day_index(at)], fee: 0 }
        })
        .collect();
    list.sort_by_key(|sms| sms.at);
    list
}

/// All data sessions, in order of time.
pub(super) fn nets(papers: &Papers, life: &Life) -> Vec<Net> {
    let mut stream = papers.stream("nets");
    let clock = Clock::new(life, true, 0.06 + 0.15 * life.risk, &mut stream);
    let count = life.calls * 110 / 100 + stream.between(100, 400) as usize * life.calls.min(400) / 400;
    let third_generation = stream.span(0.02, 0.15);
    let mut list: Vec<Net> = (0..count)
        .map(|_| {
            let at = clock.moment(clock.day(&mut stream), &mut stream);
            let seconds = (5.0 + stream.exponential(900.0)).min(14_000.0) as i64;
            let kilobytes = 1 + (seconds as f64 * stream.exponential(6.0)) as i64;
            let network = if stream.chance(third_generation) { "3G网络" } else { "4G" };
            let place = life.whereabouts[life.calendar.day_index(at)];
            Net { at, seconds, kilobytes, network, place, fee: 0 }
        })
        .collect();
    list.sort_by_key(|net| net.at);
    list
}
