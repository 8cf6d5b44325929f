//! Where the calls go: one row for every region the peers' numbers belong to.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Sources, location, minutes, ratio};

#[derive(Default)]
struct Region {
    numbers: u32,
    made: u32,
    taken: u32,
    made_seconds: i64,
    taken_seconds: i64,
}

/// The busiest region first. Shares are of calls and minutes in all regions.
pub(super) fn contact_region(sources: &Sources<'_>) -> Vec<Value> {
    let mut regions: BTreeMap<&str, Region> = BTreeMap::new();
    let mut all = Region::default();
    for tally in &sources.tallies {
        let region = regions.entry(location(&sources.telecom.peers[tally.peer])).or_default();
        for region in [region, &mut all] {
            region.numbers += 1;
            region.made += tally.made;
            region.taken += tally.taken;
            region.made_seconds += tally.seconds[1];
            region.taken_seconds += tally.seconds[2];
        }
    }
    let mut regions: Vec<_> = regions.into_iter().collect();
    regions.sort_by_key(|(_, region)| std::cmp::Reverse(region.made + region.taken));
    let row = |(name, region): (&str, Region)| {
        let (made, taken) = (f64::from(region.made), f64::from(region.taken));
        let (made_time, taken_time) = (minutes(region.made_seconds), minutes(region.taken_seconds));
        json!({
            "region_loc": name,
            "region_uniq_num_cnt": region.numbers,
            "region_call_in_cnt": region.taken,
            "region_call_out_cnt": region.made,
            "region_call_in_time": taken_time,
            "region_call_out_time": made_time,
            "region_avg_call_in_time": ratio(taken_time, taken),
            "region_avg_call_out_time": ratio(made_time, made),
            "region_call_in_cnt_pct": ratio(taken, f64::from(all.taken)),
            "region_call_out_cnt_pct": ratio(made, f64::from(all.made)),
            "region_call_in_time_pct": ratio(taken_time, minutes(all.taken_seconds)),
            "region_call_out_time_pct": ratio(made_time, minutes(all.made_seconds)),
        })
    };
    regions.into_iter().map(row).collect()
}
