// Ranks move without a whole new page: by buttons, or dragged by their handle. The server moves the option either way.
(function () {
  if (!window.fetch) return;

  function send(list, fields, after) {
    var form = list.closest("form"), body = new FormData(form);
    Object.keys(fields).forEach(function (name) { body.append(name, fields[name]); });
    list.setAttribute("aria-busy", "true");
    fetch(form.action, { method: "POST", body: new URLSearchParams(body) }).then(function (answer) {
      if (!answer.ok) throw answer;
      return answer.text();
    }).then(function (text) {
      list.replaceWith(new DOMParser().parseFromString(text, "text/html").querySelector(".ranking"));
      after();
    }).catch(function () {
      Object.keys(fields).forEach(function (name) {
        var kept = document.createElement("input");
        kept.type = "hidden"; kept.name = name; kept.value = fields[name];
        form.append(kept);
      });
      form.submit();
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest(".ranking button[name]");
    if (!button) return;
    event.preventDefault();
    var fields = {};
    fields[button.name] = button.value;
    send(button.closest(".ranking"), fields, function () {
      var same = '.ranking button[value="' + button.value + '"]:not([disabled])';
      var next = document.querySelector(same + '[name="' + button.name + '"]') || document.querySelector(same);
      if (next) next.focus();
    });
  });

  if (!window.PointerEvent) return;
  document.documentElement.classList.add("drags");
  var held = null;

  // The others pass from one side of the held row to the other: taken out itself, it would slip from under the finger.
  function follow() {
    var row = held.row, list = held.list, other;
    while ((other = row.nextElementSibling) && held.y > middle(other)) list.insertBefore(other, row);
    while ((other = row.previousElementSibling) && held.y < middle(other)) list.insertBefore(other, row.nextSibling);
  }
  function middle(row) { var box = row.getBoundingClientRect(); return box.top + box.height / 2; }

  // Near an edge of the screen the page goes on by itself, for lists longer than a phone.
  function roll() {
    if (!held) return;
    var step = held.y < 70 ? -8 : held.y > innerHeight - 70 ? 8 : 0;
    if (step && held.moved) { scrollBy(0, step); follow(); }
    requestAnimationFrame(roll);
  }

  function drop(keeps) {
    var row = held.row, list = held.list, order = held.order;
    row.classList.remove("held");
    held = null;
    var same = Array.prototype.every.call(list.children, function (one, place) { return one === order[place]; });
    if (same) return;
    if (!keeps) { order.forEach(function (one) { list.append(one); }); return; }
    var rest = list.querySelector(".between"), next = row.nextElementSibling;
    var isLeft = rest && rest.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
    var above = isLeft ? "reste" : next && next.matches(".ranked") ? option(next) : "";
    send(list, { poser: option(row), avant: above }, function () {});
  }
  function option(row) { return row.querySelector(".handle").dataset.option; }

  document.addEventListener("pointerdown", function (event) {
    var handle = event.button === 0 && event.target.closest(".handle"), list = handle && handle.closest(".ranking");
    if (!list || held || list.hasAttribute("aria-busy")) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    var row = handle.closest(".row-of-rank");
    held = { row: row, list: list, pointer: event.pointerId, y: event.clientY, order: Array.from(list.children) };
    row.classList.add("held");
    requestAnimationFrame(roll);
  });
  document.addEventListener("pointermove", function (event) {
    if (!held || event.pointerId !== held.pointer) return;
    held.y = event.clientY;
    held.moved = true;
    follow();
  });
  document.addEventListener("pointerup", function (event) { if (held && event.pointerId === held.pointer) drop(true); });
  document.addEventListener("pointercancel", function (event) { if (held && event.pointerId === held.pointer) drop(false); });
  document.addEventListener("keydown", function (event) { if (held && event.key === "Escape") drop(false); });
})();
