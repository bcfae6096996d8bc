// A little comfort; every page works without it.
const find = document.getElementById("find");
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/" && find) {
    event.preventDefault();
    find.focus();
  }
});
