//! `/deployments`, and beginning one.

use std::io::Read as _;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{FromRequest as _, Path, Request, State as Shared};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use serde::Deserialize;

use crate::api::ErrorCode;
use crate::api::deployments::{BeginDeployment, FinishDeployment};
use crate::content::manifest::{Manifest, ManifestDecoder, ManifestError, ManifestLimits};
use crate::content::{frame, manifest};
use crate::domain::deployment_id::DeploymentId;
use crate::server::admission::ManifestMemory;
use crate::server::caller::Caller;
use crate::server::error::ServiceError;
use crate::server::http::answer::{self, Answer, Refusal, to_the_end};
use crate::server::http::body::{BodyLimits, BodyReader, JsonBody, QueryOf, media_type, pump, wrong_media_type};
use crate::server::services::begin::Start;
use crate::server::services::{begin, deployments, finish, receive};
use crate::server::state::State;

#[derive(Deserialize)]
pub(crate) struct ListQuery {
    limit: Option<u32>,
    cursor: Option<String>,
}

pub(crate) async fn list(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(site): Path<String>,
    QueryOf(query): QueryOf<ListQuery>,
) -> Answer {
    answer::page(deployments::list(&state, &caller, &site, query.limit, query.cursor.as_deref()).await?)
}

pub(crate) async fn show(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer {
    answer::data(deployments::show(&state, &caller, parse(&caller, &id)?).await?)
}

pub(crate) async fn files(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    QueryOf(query): QueryOf<ListQuery>,
) -> Answer {
    answer::page(deployments::files(&state, &caller, parse(&caller, &id)?, query.cursor.as_deref()).await?)
}

pub(crate) async fn logs(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer {
    answer::list(deployments::logs(&state, &caller, parse(&caller, &id)?).await?)
}

pub(crate) async fn begin(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(site): Path<String>,
    request: Request,
) -> Answer {
    let site = begin::open(&state, &caller, &site).await?;
    let mut memory = state.admission.manifest_memory();
    let start = match media_type(request.headers()).as_deref() {
        Some("application/json") => {
            let JsonBody(begin) = JsonBody::<BeginDeployment>::from_request(request, &()).await?;
            Start::Known(begin.manifest_id)
        }
        Some(manifest::MEDIA_TYPE) => {
            let manifest;
            (manifest, memory) = read_manifest(&state, request, memory).await?;
            Start::Manifest(manifest)
        }
        _ => return Err(wrong_media_type(manifest::MEDIA_TYPE)),
    };
    let begin = async move {
        let _memory = memory;
        begin::begin(&state, &caller, &site, start).await
    };
    answer::created(to_the_end(begin).await?)
}

pub(crate) async fn receive(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    if media_type(request.headers()).as_deref() != Some(frame::MEDIA_TYPE) {
        return Err(wrong_media_type(frame::MEDIA_TYPE));
    }
    let limit = state.limits.request_bytes;
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|announced| announced > limit) {
        let message = format!("one request may send at most {limit} bytes");
        return Err(Refusal(ServiceError::new(ErrorCode::PayloadTooLarge, message).limit("request_bytes", limit)));
    }
    let receiving = receive::open(&state, &caller, parse(&caller, &id)?).await?;
    let place = state.admission.body().await?;
    let (pump, reader) = pump(request.into_body(), body_limits(&state, limit));
    // A task of its own: when the connection breaks, this handler is dropped, and what arrived whole is still kept.
    let received = tokio::spawn(async move {
        let _place = place;
        receive::receive(&state, &receiving, reader).await
    });
    let pumped = pump.run().await;
    let received = received.await?;
    pumped?;
    answer::data(received?)
}

pub(crate) async fn finish(
    Shared(state): Shared<Arc<State>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    JsonBody(options): JsonBody<FinishDeployment>,
) -> Answer {
    let id = parse(&caller, &id)?;
    answer::data(to_the_end(async move { finish::finish(&state, &caller, id, &options).await }).await?)
}

/// A text that is no id names no deployment: it is answered like one that does not exist.
fn parse(caller: &Caller, id: &str) -> Result<DeploymentId, ServiceError> {
    id.parse().map_err(|_| caller.not_found(&format!("deployment `{id}`")))
}

fn body_limits(state: &State, bytes: u64) -> BodyLimits {
    BodyLimits { bytes, idle: state.limits.idle_time, longest: state.limits.body_time }
}

async fn read_manifest(
    state: &State,
    request: Request,
    memory: ManifestMemory,
) -> Result<(Manifest, ManifestMemory), Refusal> {
    let is_compressed = match request.headers().get(CONTENT_ENCODING).map(|encoding| encoding.as_bytes()) {
        None | Some(b"identity") => false,
        Some(b"gzip") => true,
        Some(_) => {
            let message = "a manifest is sent as it is or with Content-Encoding: gzip";
            return Err(Refusal(ServiceError::new(ErrorCode::UnsupportedMediaType, message)));
        }
    };
    let limits = state.limits.manifest;
    let place = state.admission.body().await?;
    let (pump, reader) = pump(request.into_body(), body_limits(state, limits.bytes as u64));
    let decoded = tokio::task::spawn_blocking(move || {
        let _place = place;
        decode(reader, is_compressed, limits, memory)
    });
    pump.run().await?;
    Ok(decoded.await??)
}

/// Checks a manifest while it arrives; a compressed one is never unpacked beyond the limit.
fn decode(
    reader: BodyReader,
    is_compressed: bool,
    limits: ManifestLimits,
    mut memory: ManifestMemory,
) -> Result<(Manifest, ManifestMemory), ServiceError> {
    let mut reader: Box<dyn std::io::Read> =
        if is_compressed { Box::new(flate2::read::GzDecoder::new(reader)) } else { Box::new(reader) };
    let (mut decoder, mut buffer, mut received) = (ManifestDecoder::new(limits), vec![0; 64 << 10], 0);
    loop {
        let length = match reader.read(&mut buffer) {
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => {
                let message = format!("the manifest cannot be read: {error}");
                return Err(ServiceError::new(ErrorCode::BadRequest, message));
            }
        };
        if length == 0 {
            return Ok((decoder.finish().map_err(refused)?, memory));
        }
        received += length;
        memory.claim(received)?;
        decoder.push(&buffer[..length]).map_err(refused)?;
    }
}

fn refused(error: ManifestError) -> ServiceError {
    let message = error.to_string();
    match error {
        ManifestError::TooManyFiles(_, most) => {
            ServiceError::new(ErrorCode::PayloadTooLarge, message).limit("files", most as u64)
        }
        ManifestError::TooLarge(most) => {
            ServiceError::new(ErrorCode::PayloadTooLarge, message).limit("manifest_bytes", most as u64)
        }
        ManifestError::Path(..) | ManifestError::Order(_) | ManifestError::TwoSizes => {
            ServiceError::new(ErrorCode::ValidationFailed, message)
        }
        _ => ServiceError::new(ErrorCode::BadRequest, message),
    }
}
