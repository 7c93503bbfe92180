//! Fields that are not a site's to set.

/// Why a field cannot be set or taken away; the name is lower-case.
pub(super) fn reason(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "connection"
        | "keep-alive"
        | "proxy-connection"
        | "te"
        | "trailer"
        | "upgrade"
        | "proxy-authenticate"
        | "proxy-authorization"
        | "alt-svc" => ("it is about the connection, which is the server's", TAKE_OUT),
        "content-length" | "transfer-encoding" | "content-encoding" | "content-range" | "accept-ranges" => {
            ("it says how the body is sent, which the server knows", TAKE_OUT)
        }
        "date" | "server" | "age" | "allow" | "status" | "host" => ("the server says it itself", TAKE_OUT),
        "etag" | "last-modified" => ("the server says it itself, and answers by it", TAKE_OUT),
        "x-zerodeploy-deployment" => ("it tells clients which deployment answers", TAKE_OUT),
        "set-cookie" | "set-cookie2" => (
            "one cookie for all visitors is none, and caches would keep it",
            "set the cookie with a script of the page",
        ),
        "basic-auth" => (
            "password protection is not available on this server: the files would be public, and the password with them",
            "take it out, and keep the files from the folder",
        ),
        _ => return None,
    })
}

const TAKE_OUT: &str = "take the line out";
