// The camera reads the square of a card, where the browser can; the typed number is always there.
// Where each card sends the page anew, the camera stays open from one page to the next of this tab.
(function () {
  var button = document.querySelector("[data-scan]"), video = document.querySelector("[data-camera]");
  if (!button || !window.BarcodeDetector || !navigator.mediaDevices) return;
  var form = document.querySelector("#carte form"), help = document.querySelector("[data-camera-help]");
  var refused = document.querySelector("[data-camera-refused]"), begin = button.textContent, stream;
  // A card left before the camera is read once, whatever page came between.
  var OPEN = "camera", SEEN = "cards", SAME = 4000, seen = JSON.parse(sessionStorage.getItem(SEEN) || "{}");
  var reader = new BarcodeDetector({ formats: ["qr_code"] });
  button.hidden = false;

  function number(text) {
    var found = /[?&]carte=(\d{8})(?:&|$)/.exec(text) || /^(\d{8})$/.exec(text.replace(/\s/g, ""));
    return found && found[1];
  }
  function isRecent(card) { return Date.now() - (seen[card] || 0) < SAME; }
  function look() {
    if (!stream) return;
    reader.detect(video).then(function (codes) {
      codes.forEach(function (code) {
        var card = number(code.rawValue);
        if (!card) return;
        var again = isRecent(card);
        // While a card is on its way no other can leave: that one is read on the page that comes.
        if (form.dataset.sent && !again) return;
        seen[card] = Date.now();
        if (again) return;
        if (navigator.vibrate) navigator.vibrate(80);
        form.elements.number.value = card;
        form.requestSubmit();
      });
    }).catch(function () {}).then(function () { setTimeout(look, 200); });
  }
  function stop() {
    if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
    stream = null;
    video.hidden = help.hidden = true;
    button.textContent = begin;
  }
  function open() {
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (opened) {
      stream = opened;
      video.srcObject = opened;
      video.hidden = help.hidden = false;
      refused.hidden = true;
      button.textContent = button.dataset.stop;
      sessionStorage.setItem(OPEN, "1");
      return video.play().then(look);
    }).catch(function () { close(); refused.hidden = false; });
  }
  function close() {
    sessionStorage.removeItem(OPEN);
    stop();
  }
  button.addEventListener("click", function () { if (stream) close(); else open(); });
  if (sessionStorage.getItem(OPEN)) open();
  addEventListener("pagehide", function () {
    // Only what the next page needs: a phone is no list of who came.
    Object.keys(seen).forEach(function (card) { if (!isRecent(card)) delete seen[card]; });
    if (sessionStorage.getItem(OPEN)) sessionStorage.setItem(SEEN, JSON.stringify(seen));
    else sessionStorage.removeItem(SEEN);
    stop();
  });
})();
