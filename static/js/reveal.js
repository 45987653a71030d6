// Shows a password while it is typed.
(function () {
  document.querySelectorAll("[data-reveal]").forEach(function (button) {
    var box = document.getElementById(button.dataset.reveal), show = button.textContent;
    button.hidden = !box;
    button.addEventListener("click", function () {
      var hidden = box.type === "password";
      box.type = hidden ? "text" : "password";
      button.textContent = hidden ? button.dataset.hide : show;
    });
  });
})();
