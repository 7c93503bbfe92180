//! Cases from Cloudflare Pages' document: Redirects.

use super::Case;

const EXAMPLE: &str = "/home301 / 301\n/home302 / 302\n/querystrings /?query=string 301\n/twitch https://twitch.tv\n\
                       /trailing /trailing/ 301\n/notrailing/ /nottrailing 301\n/page/ /page2/#fragment 301\n\
                       /blog/* https://blog.my.domain/:splat\n/products/:code/:name /products?code=:code&name=:name\n";

pub(super) const TABLE: &[(&str, &[Case])] = &[
    (
        "Redirects, Per file",
        &[
            (EXAMPLE, "/home301", "301 /"),
            (EXAMPLE, "/home302", "302 /"),
            (EXAMPLE, "/querystrings", "301 /?query=string"),
            (EXAMPLE, "/querystrings?mine=1", "301 /?query=string"),
            (EXAMPLE, "/twitch", "301 https://twitch.tv/"),
            (EXAMPLE, "/trailing", "301 /trailing/"),
            (EXAMPLE, "/trailing/", "-"),
            (EXAMPLE, "/trailing?x=1", "301 /trailing/?x=1"),
            (EXAMPLE, "/trailing/?x=1", "-"),
            (EXAMPLE, "/notrailing/", "301 /nottrailing"),
            (EXAMPLE, "/notrailing", "301 /nottrailing"),
            (EXAMPLE, "/page/", "301 /page2/#fragment"),
            (EXAMPLE, "/page/?a=b", "301 /page2/?a=b#fragment"),
            (EXAMPLE, "/blog/a/b", "301 https://blog.my.domain/a/b"),
            (EXAMPLE, "/blog/", "301 https://blog.my.domain/"),
            (EXAMPLE, "/products/x1/shoe", "301 /products?code=x1&name=shoe"),
            (EXAMPLE, "/products/a%26b/c%3Dd", "301 /products?code=a%26b&name=c%3Dd"),
            (EXAMPLE, "/products/x1", "-"),
            (EXAMPLE, "/other", "-"),
        ],
    ),
    (
        "Redirects, Per line",
        &[
            ("/home / 301", "/home", "301 /"),
            ("/home#top / 301", "/home", "301 /"),
            ("/a /b?x=1&y=2#z 302", "/a", "302 /b?x=1&y=2#z"),
            ("# /home / 301", "/home", "-"),
            ("   # /home / 301", "/home", "-"),
            ("/a https://example.com/x?y=z#w 302", "/a", "302 https://example.com/x?y=z#w"),
        ],
    ),
    (
        "Redirects, Advanced redirects",
        &[
            ("/home / 301", "/home", "301 /"),
            ("/home / 302", "/home", "302 /"),
            ("/home / 303", "/home", "303 /"),
            ("/home / 307", "/home", "307 /"),
            ("/home / 308", "/home", "308 /"),
            ("/blog/* /posts/:splat", "/blog/x", "301 /posts/x"),
            (
                "/blog/:year/:month/:date/:slug /news/:year/:month/:date/:slug",
                "/blog/2024/1/2/x",
                "301 /news/2024/1/2/x",
            ),
            ("/blog/* /news/:splat 200", "/blog/x/y", "200 /news/x/y"),
            ("/blog/* /blog/404.html 404", "/blog/x", "404 /blog/404.html"),
            ("/shop id=:id /blog/:id 301", "/shop?id=7", "301 /blog/7"),
            (
                "http://workers.example.com/* http://workers.example.com/blog/:splat 301",
                "//workers.example.com/x",
                "301 http://workers.example.com/blog/x",
            ),
            ("/ /us 302 Country=us", "/ | country: us", "302 /us"),
            ("/* /preview/:splat 302 Cookie=preview", "/x | cookie: preview=1", "302 /preview/x"),
        ],
    ),
    (
        "Redirects, Splats",
        &[
            ("/blog/* /posts/:splat 302", "/blog/a/b/c", "302 /posts/a/b/c"),
            ("/a*z /x/:splat 302", "/abc/dz", "302 /x/bc/d"),
            ("/a*z /x/:splat 302", "/azz", "302 /x/z"),
            ("/a*z /x/:splat 302", "/ab", "-"),
            ("/*.php /:splat 301", "/blog/post.php", "301 /blog/post"),
            ("/a/*/z /x/:splat 302", "/a/b/c/z", "302 /x/b/c"),
            ("/*/end /x/:splat 302", "/a/b/end", "302 /x/a/b"),
        ],
    ),
    (
        "Redirects, Placeholders",
        &[
            ("/movies/:title /media/:title", "/movies/alien", "301 /media/alien"),
            ("/movies/:title /media/:title", "/movies/alien/2", "-"),
            ("/movies/:title.html /media/:title", "/movies/alien.html", "301 /media/alien"),
            ("/movies/:title.html /media/:title", "/movies/.html", "-"),
            ("/movie-:id /m?id=:id", "/movie-7", "301 /m?id=7"),
            ("/:a-:b /:b/:a", "/x-y-z", "301 /z/x-y"),
            ("/:lang/movies/:title /m/:lang/:title", "/en/movies/alien", "301 /m/en/alien"),
            ("/a/:1 /b", "/a/:1", "301 /b"),
            ("/a/:1 /b", "/a/x", "-"),
        ],
    ),
    (
        "Redirects, Proxying",
        &[
            ("/a /b 200\n/b /c 200", "/a", "200 /b"),
            ("/a /b 200\n/b /c 200", "/b", "200 /c"),
            ("/about/faq/* /about/faqs 200", "/about/faq/x", "200 /about/faqs"),
            ("/blog/* https://other.example/:splat 200", "/blog/x", "-"),
        ],
    ),
];
