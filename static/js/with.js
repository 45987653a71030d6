// Shows a group of fields only with the answer it goes with; without a script all of them show.
(function () {
  document.querySelectorAll("[data-with]").forEach(function (group) {
    var form = group.closest("form"), values = group.dataset.values.split(" ");
    function show() {
      var picked = form.querySelector('[name="' + group.dataset.with + '"]:checked');
      group.hidden = !(picked && values.includes(picked.value)) && !group.querySelector(".faulty");
    }
    form.addEventListener("change", show);
    show();
  });
})();
