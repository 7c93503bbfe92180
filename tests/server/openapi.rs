//! The API's own description.

use std::collections::BTreeSet;

use serde_json::Value;
use zerodeploy::server::{ROUTES, openapi_document};

use crate::harness::Server;

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
fn walk<'a>(value: &'a Value, look: &mut impl FnMut(&'a serde_json::Map<String, Value>)) {
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
        assert_eq!(operation["requestBody"].is_object(), route.method == "POST", "{} {}", route.method, route.path);
    }
    let described: usize = document["paths"]
        .as_object()
        .expect("paths")
        .values()
        .map(|path| path.as_object().expect("operations").len())
        .sum();
    assert_eq!(described, ROUTES.len());
}
