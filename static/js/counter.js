// Says how many characters are left, once someone writes.
(function () {
  document.querySelectorAll(".counter").forEach(function (note) {
    var box = document.getElementById(note.dataset.for);
    if (!box) return;
    function show() {
      var left = box.dataset.limit - box.value.length;
      note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", Math.abs(left).toLocaleString("fr-FR"));
      note.classList.toggle("over", left < 0);
    }
    box.addEventListener("input", show);
    if (box.value) show();
  });
})();
