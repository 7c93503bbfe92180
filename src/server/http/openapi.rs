//! `openapi.json`, made of the route table and the wire types.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::api::login::TokenRefusal;
use crate::api::{ErrorCode, ErrorEnvelope};
use crate::server::caller::Access;

use super::body::FORM;
use super::router::{ROUTES, Route};

/// Adds a type's schema with all it refers to, and tells its name.
pub(crate) type SchemaOf = fn(&mut Vec<(String, RefOr<Schema>)>) -> String;

/// [`SchemaOf`] a type.
pub(crate) fn schema<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) -> String {
    let name = T::name().into_owned();
    schemas.push((name.clone(), T::schema()));
    T::schemas(schemas);
    name
}

/// What a route reads.
pub(crate) enum Input {
    /// No body
    None,
    /// JSON
    Json(SchemaOf),
    /// JSON, or bytes of a media type
    JsonOr(SchemaOf, &'static str),
    /// Bytes of a media type
    Binary(&'static str),
    /// A form, as OAuth 2.0 asks; its errors are those of RFC 6749 §5.2
    Form(SchemaOf),
}

/// What a route answers.
pub(crate) enum Output {
    /// 200 with `{"data": …}`
    Data(SchemaOf),
    /// 201 with `{"data": …}`
    Created(SchemaOf),
    /// 200 with `{"data": […], "next_cursor": …}`
    Page(SchemaOf),
    /// 200 with the bare object
    Plain(SchemaOf),
    /// 200 with a JSON document of no fixed schema
    Document,
}

/// The document as text; it never changes while the server runs.
pub(crate) static DOCUMENT: LazyLock<String> = LazyLock::new(|| format!("{:#}", document()));

/// The OpenAPI 3.1 document.
pub fn document() -> Value {
    let (mut schemas, mut paths) = (Vec::new(), Map::new());
    for route in ROUTES {
        let path = paths.entry(route.path).or_insert_with(|| Value::Object(Map::new()));
        path[route.method.to_ascii_lowercase()] = operation(route, &mut schemas);
    }
    schema::<ErrorEnvelope>(&mut schemas);
    let schemas: Map<String, Value> =
        schemas.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or(Value::Null))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "ZeroDeploy API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The API of `zerodeploy serve`. Success is `{\"data\": …}`, a list adds `next_cursor`, an error is `{\"error\": …}`.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "A session (`zds_…`) or an API token (`zd_…`)",
            } },
        },
        "x-error-codes": ErrorCode::ALL.iter().filter(|code| code.status() != 0).map(|code| {
            json!({ "code": code.as_str(), "status": code.status() })
        }).collect::<Vec<_>>(),
    })
}

fn operation(route: &Route, schemas: &mut Vec<(String, RefOr<Schema>)>) -> Value {
    let (needs, security) = match route.access {
        Access::Public => ("Needs no credential.".to_owned(), json!([])),
        Access::Authenticated => ("Needs any valid credential.".to_owned(), json!([{ "bearer": [] }])),
        Access::Session => ("Needs a session; no token may do this.".to_owned(), json!([{ "bearer": [] }])),
        Access::Permission(permission) => {
            (format!("Needs a session, or a token with `{permission}`."), json!([{ "bearer": [] }]))
        }
    };
    let in_path = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name: &str, place: &str| {
        let kind = if name == "limit" { "integer" } else { "string" };
        json!({ "name": name, "in": place, "required": place == "path", "schema": { "type": kind } })
    };
    let parameters: Vec<Value> = in_path
        .map(|name| parameter(name, "path"))
        .chain(route.query.iter().map(|name| parameter(name, "query")))
        .collect();
    let (status, answer) = answer(&route.output, schemas);
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.summary,
        "description": needs,
        "security": security,
        "parameters": parameters,
        "responses": {
            status: { "description": "Success", "content": { "application/json": { "schema": answer } } },
            "default": {
                "description": "Any error",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ErrorEnvelope" } } },
            },
        },
    });
    if let Access::Permission(permission) = route.access {
        operation["x-permission"] = json!(permission.as_str());
    }
    if let Input::Form(_) = route.input {
        let refusal = reference(&schema::<TokenRefusal>(schemas));
        operation["responses"]["400"] = json!({
            "description": "An error of RFC 6749 §5.2 or RFC 8628 §3.5",
            "content": { "application/json": { "schema": refusal } },
        });
    }
    if let Some(content) = content(&route.input, schemas) {
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    operation
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn content(input: &Input, schemas: &mut Vec<(String, RefOr<Schema>)>) -> Option<Value> {
    let binary = json!({ "schema": { "type": "string", "format": "binary" } });
    match input {
        Input::None => None,
        Input::Json(schema) => Some(json!({ "application/json": { "schema": reference(&schema(schemas)) } })),
        Input::Binary(media_type) => Some(json!({ *media_type: binary })),
        Input::Form(schema) => Some(json!({ FORM: { "schema": reference(&schema(schemas)) } })),
        Input::JsonOr(schema, media_type) => {
            Some(json!({ "application/json": { "schema": reference(&schema(schemas)) }, *media_type: binary }))
        }
    }
}

fn answer(output: &Output, schemas: &mut Vec<(String, RefOr<Schema>)>) -> (&'static str, Value) {
    let data = |schema: Value| json!({ "type": "object", "required": ["data"], "properties": { "data": schema } });
    match output {
        Output::Data(schema) => ("200", data(reference(&schema(schemas)))),
        Output::Created(schema) => ("201", data(reference(&schema(schemas)))),
        Output::Plain(schema) => ("200", reference(&schema(schemas))),
        Output::Document => ("200", json!({ "type": "object" })),
        Output::Page(schema) => {
            let mut page = data(json!({ "type": "array", "items": reference(&schema(schemas)) }));
            page["properties"]["next_cursor"] = json!({ "type": ["string", "null"] });
            page["required"] = json!(["data", "next_cursor"]);
            ("200", page)
        }
    }
}
