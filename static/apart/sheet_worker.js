// The sheet at the door opens without network: its page, its style and its scripts, nothing else.
var NAME = "presences", SHEET = /^\/seances\/\d+\/presences$/, DAY = 864e5, PATIENCE = 4000;

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (event) {
  var request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && SHEET.test(url.pathname)) event.respondWith(page(request, url));
  else if (url.pathname.indexOf("/assets/") === 0) event.respondWith(file(request));
});

function file(request) {
  return caches.match(request, { ignoreVary: true }).then(function (found) { return found || fetch(request); });
}

// The network first; what was kept when it is silent, slow or broken.
function page(request, url) {
  return caches.open(NAME).then(function (cache) {
    var kept = cache.match(url.pathname, { ignoreVary: true }).then(function (found) {
      if (!found || Date.now() - Date.parse(found.headers.get("date")) < DAY) return found;
      // Names are not kept on a phone from one day to the next.
      return cache.delete(url.pathname).then(function () { return undefined; });
    });
    var fresh = fetch(request).then(function (answer) {
      if (answer.status >= 500) return kept.then(function (found) { return found || answer; });
      if (url.search && answer.ok) return answer;
      if (answer.ok && !answer.redirected) {
        var copy = answer.clone();
        return cache.put(url.pathname, copy).then(function () { return answer; }, function () { return answer; });
      }
      // Signed out, or no longer of the team: the page goes.
      return cache.delete(url.pathname).then(function () { return answer; });
    });
    var slow = new Promise(function (done) { setTimeout(done, PATIENCE); });
    return Promise.race([fresh, slow])
      .then(function (answer) { return answer || kept.then(function (found) { return found || fresh; }); })
      .catch(function (silent) { return kept.then(function (found) { if (found) return found; throw silent; }); });
  });
}
