// The line that follows work in the background. Without JavaScript the link "Look again" does the same.
(() => {
  const line = document.querySelector("[data-progress-url]:not([data-progress-url=''])");
  if (!line) return;
  const bar = line.querySelector("progress");
  const text = line.querySelector("[data-progress-text]");

  async function look() {
    try {
      const answer = await fetch(line.dataset.progressUrl, { headers: { Accept: "application/json" } });
      const state = await answer.json();
      bar.value = state.percent;
      if (state.text) text.textContent = state.text;
      if (!state.is_open) {
        window.location.reload();
        return;
      }
    } catch {
      // The connection is gone for a moment: ask again.
    }
    window.setTimeout(look, 1000);
  }

  window.setTimeout(look, 1000);
})();
