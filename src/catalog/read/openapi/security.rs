//! Credentials are the caller's business and not the model's: they are not shown as parameters.

use serde_json::Value;

/// Names of headers and parameters that carry a credential, in lower case with `_` for `-`.
const NAMES: [&str; 16] = [
    "token",
    "access_token",
    "auth_token",
    "api_token",
    "id_token",
    "bearer_token",
    "bearer",
    "authorization",
    "auth",
    "api_key",
    "apikey",
    "x_api_key",
    "x_auth_token",
    "x_access_token",
    "x_rapidapi_key",
    "x_token",
];
/// Headers that OpenAPI itself says are no parameters.
const PROTOCOL: [&str; 3] = ["accept", "content_type", "authorization"];

/// What a document says about how callers prove who they are.
pub(super) struct Credentials {
    /// Parameter names that its security schemes define.
    declared: Vec<String>,
    /// It has security schemes at all.
    secured: bool,
}

impl Credentials {
    pub(super) fn of(root: &Value) -> Self {
        let schemes = root.get("securityDefinitions").or_else(|| root.pointer("/components/securitySchemes")).and_then(Value::as_object);
        let declared = schemes.into_iter().flatten().filter_map(|(_, scheme)| scheme.get("name")?.as_str()).map(plain).collect();
        Credentials { declared, secured: schemes.is_some_and(|schemes| !schemes.is_empty()) }
    }

    /// `Some` when a parameter is not shown, with a note unless the format itself says so.
    pub(super) fn hides(&self, name: &str, place: &str) -> Option<Option<String>> {
        let plain = plain(name);
        if place == "header" && PROTOCOL.contains(&plain.as_str()) {
            return Some(None);
        }
        if place == "cookie" {
            return Some(Some(format!("cookie-param: the cookie `{name}` is not shown as a parameter")));
        }
        let credential = self.declared.contains(&plain) || (NAMES.contains(&plain.as_str()) && (place == "header" || self.secured));
        (place != "path" && credential)
            .then(|| Some(format!("credential-param: the {place} parameter `{name}` carries a credential and is not shown")))
    }
}

fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}
