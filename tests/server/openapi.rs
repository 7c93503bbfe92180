//! The API's own description.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use zerodeploy::server::{ROUTES, openapi_document};

use crate::harness::Server;
use crate::support::Response;

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi_document);

/// Goes on only if a route's answer looks as the document says.
#[track_caller]
pub(crate) fn assert_described(method: &str, path: &str, answer: &Response) {
    let responses = &DOCUMENT["paths"][path][method.to_lowercase()]["responses"];
    let response = responses.get(answer.status.to_string()).unwrap_or(&responses["default"]);
    let schema = &response["content"]["application/json"]["schema"];
    let wrong = differences(schema, &answer.json(), method);
    assert!(wrong.is_empty(), "{method} {path}: {wrong:?}: {}", answer.json());
}

/// Goes on only if an error looks as the document says.
#[track_caller]
pub(crate) fn assert_error(answer: &Value) {
    let wrong = differences(&json!({ "$ref": "#/components/schemas/ErrorEnvelope" }), answer, "");
    assert!(wrong.is_empty(), "{wrong:?}: {answer}");
    let known = DOCUMENT["x-error-codes"].as_array().expect("codes");
    assert!(known.iter().any(|known| known["code"] == answer["error"]["code"]), "{answer}");
}

/// Where a value differs from a schema. Fields that the schema does not name count too.
fn differences(schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = DOCUMENT.pointer(reference.trim_start_matches('#')).expect("a schema");
        return differences(schema, value, place);
    }
    if let Some(alternatives) = schema["oneOf"].as_array() {
        let fits = alternatives.iter().any(|schema| differences(schema, value, place).is_empty());
        return if fits { Vec::new() } else { vec![format!("{place}: none of the alternatives")] };
    }
    if schema["allOf"].is_array() {
        return differences(&merged(schema), value, place);
    }
    let types = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return Vec::new(),
    };
    let actual = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let mut wrong = Vec::new();
    if !types.contains(&actual) || schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
        wrong.push(format!("{place}: {value}"));
    }
    let items = value.as_array().into_iter().flatten();
    items.for_each(|item| wrong.extend(differences(&schema["items"], item, &format!("{place}[]"))));
    let Some(fields) = value.as_object() else { return wrong };
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    wrong.extend(required.filter(|name| !fields.contains_key(*name)).map(|name| format!("{place}: no `{name}`")));
    for (name, field) in fields {
        match schema["properties"].get(name).or_else(|| schema.get("additionalProperties")) {
            Some(schema) => wrong.extend(differences(schema, field, &format!("{place}.{name}"))),
            // An object of which nothing at all is said may hold anything.
            None if schema.get("properties").is_none() => {}
            None => wrong.push(format!("{place}: `{name}` is not described")),
        }
    }
    wrong
}

/// One object's schema of several that all hold.
fn merged(schema: &Value) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let part = match part["$ref"].as_str() {
            Some(reference) => DOCUMENT.pointer(reference.trim_start_matches('#')).expect("a schema"),
            None => part,
        };
        let nested = part["allOf"].is_array().then(|| merged(part));
        let part = nested.as_ref().unwrap_or(part);
        properties.extend(part["properties"].as_object().expect("an object's schema").clone());
        required.extend(part["required"].as_array().cloned().unwrap_or_default());
    }
    json!({ "type": "object", "properties": properties, "required": required })
}

#[tokio::test]
async fn the_document_is_the_one_that_clients_know() {
    let server = Server::start().await;
    let response = server.nobody().get("/openapi.json").await.expect(200);
    assert_eq!(response.header("content-type"), Some("application/json"));
    let document = response.json();
    assert_eq!(document, openapi_document());
    insta::assert_json_snapshot!("openapi", document, { ".info.version" => "[version]" });
}

/// Calls `look` with every object in a document.
fn walk<'a>(value: &'a Value, look: &mut impl FnMut(&'a Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            look(object);
            object.values().for_each(|value| walk(value, look));
        }
        Value::Array(array) => array.iter().for_each(|value| walk(value, look)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let document = openapi_document();
    let mut used = BTreeSet::new();
    walk(&document, &mut |object| {
        if let Some(reference) = object.get("$ref") {
            let reference = reference.as_str().expect("a text");
            let pointer = reference.strip_prefix('#').expect("inside the document");
            assert!(document.pointer(pointer).is_some_and(Value::is_object), "{reference} leads nowhere");
            used.insert(reference.rsplit('/').next().expect("a name").to_owned());
        }
    });
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let unused: Vec<&String> = schemas.keys().filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_route_is_described() {
    let document = openapi_document();
    let mut ids = BTreeSet::new();
    for route in ROUTES {
        let operation = &document["paths"][route.path][route.method.to_lowercase()];
        assert!(operation.is_object(), "{} {}", route.method, route.path);
        assert!(ids.insert(operation["operationId"].as_str().expect("an id")), "{} is there twice", operation);
        let parameters = operation["parameters"].as_array().expect("a list");
        let in_path: Vec<&str> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().expect("a name"))
            .collect();
        let expected: Vec<&str> =
            route.path.split(['{', '}']).enumerate().filter(|(at, _)| at % 2 == 1).map(|(_, name)| name).collect();
        assert_eq!(in_path, expected, "{}", route.path);
        let without_body = ["/reset", "/disable", "/enable"].iter().any(|change| route.path.ends_with(change));
        let has_body = matches!(route.method, "POST" | "PATCH") && !without_body;
        assert_eq!(operation["requestBody"].is_object(), has_body, "{} {}", route.method, route.path);
    }
    let described: usize = document["paths"]
        .as_object()
        .expect("paths")
        .values()
        .map(|path| path.as_object().expect("operations").len())
        .sum();
    assert_eq!(described, ROUTES.len());
}
