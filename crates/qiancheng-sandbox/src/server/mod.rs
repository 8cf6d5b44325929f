//! The wire side: connections, requests in, answers out, sound or spoiled.

pub(crate) mod accept;
mod exchange;
mod plan_io;
mod response;
mod spoil;

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::audit_key::Opener;
use crate::config::{DATA_AS_OF, SandboxConfig};
use crate::documents::Writer;
use crate::error::StartError;
use crate::world::World;

pub(crate) use response::Prepared;

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) config: SandboxConfig,
    pub(crate) opener: Opener,
    pub(crate) writer: Writer,
    world: Mutex<World>,
}

impl Shared {
    pub(crate) fn new(config: SandboxConfig) -> Result<Self, StartError> {
        let opener = Opener::new(&config.audit_key)?;
        let writer = Writer::new(config.seed, config.as_of.unwrap_or(DATA_AS_OF));
        let world = Mutex::new(World::new(&config)?);
        Ok(Self { config, opener, writer, world })
    }

    /// The world, for as long as one call's rules take. Never held across an await.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
