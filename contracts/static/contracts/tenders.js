/* Sums that follow the typing, and a grid of points that is quick by keyboard. Without this file everything still works: the server sums. */
(() => {
  const danish = new Intl.NumberFormat('da', { maximumFractionDigits: 2 });
  const fixed = new Intl.NumberFormat('da', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  /** Read "12,5" or "12.5"; null for an empty field, NaN for what is no number. */
  const read = (input) => {
    const text = input.value.trim();
    return text === '' ? null : Number(text.replace(',', '.'));
  };

  const sumCriteria = (form) => {
    const rows = [...form.querySelectorAll('[data-row]')];
    const removed = new Set();
    for (const row of rows) {
      if (row.querySelector('[type=checkbox]').checked || removed.has(row.dataset.parent)) removed.add(row.dataset.key);
    }
    for (const item of form.querySelectorAll('[data-sum]')) {
      const cents = rows
        .filter((row) => row.dataset.parent === item.dataset.sum && !removed.has(row.dataset.key))
        .reduce((total, row) => total + Math.round((read(row.querySelector('[inputmode=decimal]')) || 0) * 100), 0);
      const isWhole = cents === 10000;
      item.hidden = removed.has(item.dataset.sum);
      item.classList.toggle('is-whole', isWhole);
      item.querySelector('[data-total]').textContent = danish.format(cents / 100);
      item.querySelector('[data-whole]').hidden = !isWhole;
      item.querySelector('[data-missing]').hidden = isWhole;
    }
  };

  const criteria = document.querySelector('[data-criteria]');
  if (criteria) {
    criteria.addEventListener('input', () => sumCriteria(criteria));
    const names = [...criteria.querySelectorAll('[data-row] input[type=text]:not([inputmode])')];
    names.find((input) => input.value === '')?.focus();
  }

  const sumScores = (form, column) => {
    let total = 0;
    for (const cell of form.querySelectorAll(`[data-column="${column}"]`)) {
      const points = read(cell.querySelector('[inputmode=decimal]'));
      total = points === null || Number.isNaN(points) ? NaN : total + (points * Number(cell.dataset.share)) / 100;
    }
    form.querySelector(`[data-total-of="${column}"] strong`).textContent = Number.isNaN(total) ? '–' : fixed.format(total);
  };

  const step = (form, input, by) => {
    const column = input.closest('[data-column]').dataset.column;
    const inputs = [...form.querySelectorAll(`[data-column="${column}"] [inputmode=decimal]`)];
    const next = inputs[inputs.indexOf(input) + by];
    if (next) {
      next.focus();
      next.select();
    }
  };

  const scores = document.querySelector('[data-scores]');
  if (scores) {
    let isChanged = false;
    scores.addEventListener('input', (event) => {
      isChanged = true;
      if (event.target.matches('[inputmode=decimal]')) sumScores(scores, event.target.closest('[data-column]').dataset.column);
    });
    scores.addEventListener('keydown', (event) => {
      if (!event.target.matches('[data-column] [inputmode=decimal]')) return;
      const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        step(scores, event.target, by);
      }
    });
    scores.addEventListener('submit', () => {
      isChanged = false;
    });
    window.addEventListener('beforeunload', (event) => {
      if (isChanged) event.preventDefault();
    });
  }

  document.getElementById('problems')?.focus();
})();
