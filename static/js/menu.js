// Escape, or a press elsewhere, shuts the phone menu.
(function () {
  var menu = document.querySelector(".menu");
  if (!menu) return;
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.firstElementChild.focus(); }
  });
  document.addEventListener("click", function (event) { if (!menu.contains(event.target)) menu.open = false; });
})();
