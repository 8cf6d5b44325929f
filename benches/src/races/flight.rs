//! Async calls, 32 of them in flight.

use std::future::Future;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::Result;
use crate::clients::ours;
use crate::clients::reqwest_async::ReqwestAsync;
use crate::harness::{Contestant, Length, race};
use crate::races::{Course, Figure, Outcome};

const IN_FLIGHT: u32 = 32;

/// Lookups in flight on one multi-thread runtime.
pub(crate) fn run(course: &Course<'_>) -> Result<Vec<Outcome>> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let ours = ours::client(course.apart)?;
    let reqwest = ReqwestAsync::new(course.apart)?;
    let contestants = vec![
        Contestant::new("qiancheng", |units| {
            in_flight(
                &runtime,
                |share| {
                    let client = ours.clone();
                    async move {
                        for _ in 0..share {
                            ours::search_async(&client).await?;
                        }
                        Ok(())
                    }
                },
                units,
            )
        }),
        Contestant::new("reqwest", |units| {
            in_flight(
                &runtime,
                |share| {
                    let client = reqwest.clone();
                    async move {
                        for _ in 0..share {
                            client.search().await?;
                        }
                        Ok(())
                    }
                },
                units,
            )
        }),
    ];
    Ok(vec![Outcome {
        title: format!("{IN_FLIGHT} async calls in flight"),
        work: "The same lookup from 32 tasks of a multi-thread tokio runtime.".to_owned(),
        figure: Figure::Throughput,
        reference: "reqwest",
        target: "≥ 1.00 of reqwest",
        tracks: race(course.plan, Length { rounds: 21, units: 3200 }, contestants)?,
    }])
}

/// Shares units of work among tasks.
fn in_flight<F>(runtime: &Runtime, task: impl Fn(u32) -> F, units: u32) -> Result<()>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for _ in 0..IN_FLIGHT {
            tasks.spawn(task(units / IN_FLIGHT));
        }
        while let Some(done) = tasks.join_next().await {
            done??;
        }
        Ok(())
    })
}
