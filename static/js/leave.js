// A phone that noted people at a door keeps nothing of them once its owner signs out.
(function () {
  function keys() {
    try { return Object.keys(localStorage).filter(function (key) { return /^presences/.test(key); }); } catch (_refused) { return []; }
  }
  function waits(key) {
    try { var queue = JSON.parse(localStorage.getItem(key)); return queue.taps.length + queue.held.length > 0; } catch (_broken) { return false; }
  }
  document.addEventListener("submit", function (event) {
    var form = event.target, kept = keys();
    if (!/\/deconnexion(\/partout)?$/.test(form.getAttribute("action"))) return;
    // The cards just read, and the camera that the next person has not lit.
    try { sessionStorage.removeItem("cards"); sessionStorage.removeItem("camera"); } catch (_refused) { /* Nothing was kept. */ }
    if (!kept.length) return;
    event.preventDefault();
    var waiting = kept.filter(waits)[0];
    // Not before what waits has left: its page sends it, or says what is missing.
    if (waiting && navigator.onLine && location.hash !== "#parti") { location.assign(waiting.slice("presences:".length) + "#parti"); return; }
    kept.forEach(function (key) { localStorage.removeItem(key); });
    var gone = [window.caches && caches.delete("presences")];
    if (navigator.serviceWorker) gone.push(navigator.serviceWorker.getRegistrations().then(function (all) {
      return Promise.all(all.map(function (one) { return one.unregister(); }));
    }));
    Promise.all(gone).catch(function () {}).then(function () { form.submit(); });
  });
})();
