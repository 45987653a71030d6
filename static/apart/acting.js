// How many minutes are left with the person; the page comes back to its owner when there are none.
(function () {
  var note = document.querySelector("[data-until]");
  if (!note) return;
  var until = Date.parse(note.dataset.until);
  setInterval(function () {
    var left = Math.ceil((until - Date.now()) / 60000);
    if (left < 1) { location.replace(location.pathname + location.search); return; }
    note.textContent = left === 1 ? note.dataset.one : note.dataset.many.replace("{n}", left);
  }, 5000);
})();
