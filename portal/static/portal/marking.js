// What is selected in the answer is put into the field; without this file one copies it.
(function () {
  "use strict";
  const text = document.querySelector("[data-marking-text]");
  const field = document.querySelector("[data-marking] textarea[name=passage]");
  if (!text || !field) return;
  const take = () => {
    const selection = getSelection();
    if (!selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
      field.value = selection.toString().trim();
    }
  };
  text.addEventListener("mouseup", take);
  text.addEventListener("keyup", take);
  text.addEventListener("touchend", take);
})();
