// Saves each answer of a section while it is written. Nothing typed is lost: what the server has not confirmed lies in the
// browser's own storage, under the question and the page that wrote it, until it is saved or somebody discards it.
// Without this file the page saves by its buttons.
(function () {
  "use strict";

  const PAUSE = 800; // milliseconds of rest before a save
  const LONGEST_PAUSE = 5000; // who never rests is saved all the same
  const PATIENCE = 15000;
  const FIRST_RETRY = 1000;
  const LAST_RETRY = 30000;
  const form = document.querySelector("form[data-writing]");
  if (!form) return;
  const say = form.dataset;
  const status = document.querySelector("[data-writing-status]");
  const progress = document.querySelector("[data-writing-progress]");

  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* there was nothing to remove */ } },
    keys(start) {
      try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; }
    },
  };

  const fill = (text, values) => text.replace(/#(\w+)#/g, (_all, name) => values[name]);
  const clock = (moment) => new Date(moment).toTimeString().slice(0, 5).replace(":", ".");
  const lines = (text) => text.replace(/\r\n?/g, "\n").trim();
  const cookie = (name) => (document.cookie.split("; ").find((part) => part.startsWith(`${name}=`)) || "").slice(name.length + 1);
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // Radio buttons, read and written as one field.
  class Choice {
    constructor(group) { this.group = group; }
    get value() { return this.group.querySelector("input:checked")?.value || ""; }
    set value(wanted) { for (const radio of this.group.querySelectorAll("input")) radio.checked = radio.value === wanted; }
    addEventListener(...given) { this.group.addEventListener(...given); }
    closest() { return null; }
    label(value) { return [...this.group.querySelectorAll("input")].find((radio) => radio.value === value)?.labels[0].textContent.trim() || ""; }
  }

  class Answer {
    constructor(element) {
      this.element = element;
      this.text = element.querySelector("[data-text]");
      const choice = element.querySelector("[data-choice]");
      this.reason = choice ? new Choice(choice) : element.querySelector("[data-reason]");
      this.names = [element.dataset.textName || "text", element.dataset.reasonName || "reason"];
      this.state = element.querySelector("[data-state]");
      this.words = element.querySelector("[data-words]");
      this.panel = element.querySelector("[data-conflict]");
      this.revision = element.querySelector("input[name$=-revision]");
      this.page = element.querySelector("input[name$=-page]");
      this.start = `${say.prefix}${element.dataset.key}/`;
      this.page.value = this.page.value || newKey();
      this.saved = this.written();
      this.problem = "";
      this.retry = FIRST_RETRY;
      this.isStopped = Boolean(this.panel.firstElementChild);
      this.text.addEventListener("input", () => this.changed());
      this.reason.addEventListener("input", () => this.changed());
      this.offerChoices();
      this.offerWhatWasLeft();
    }

    written() { return { text: lines(this.text.value), reason: lines(this.reason.value) }; }
    isSaved() { const now = this.written(); return now.text === this.saved.text && now.reason === this.saved.reason; }
    key() { return `${this.start}${this.page.value}`; }

    changed() {
      this.count();
      this.isKept = store.set(this.key(), { ...this.written(), revision: this.revision.value, page: this.page.value, at: Date.now() });
      if (this.isStopped) return;
      if (this.problem !== "offline" && this.problem !== "signedOut") this.show(say.saySaving, "");
      this.waitingSince = this.waitingSince || Date.now();
      const pause = Math.max(0, Math.min(PAUSE, this.waitingSince + LONGEST_PAUSE - Date.now()));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    async save(isLeaving = false) {
      clearTimeout(this.timer);
      if (this.isBusy) { this.isAgain = true; return; }
      if (this.isStopped) return;
      if (this.isSaved()) { this.waitingSince = 0; if (!this.problem) this.settle(this.at || ""); return; }
      this.isBusy = true;
      this.waitingSince = 0;
      const sent = this.written();
      try { this.heard(await this.send(sent, isLeaving), sent); } catch { this.fail("offline"); }
      this.isBusy = false;
      if (this.isAgain || (!this.isSaved() && !this.problem && !this.isStopped)) { this.isAgain = false; this.changed(); }
    }

    send(sent, isLeaving) {
      const [text, reason] = this.names;
      const body = new URLSearchParams({ [text]: sent.text, [reason]: sent.reason, revision: this.revision.value, page: this.page.value });
      const headers = { "X-CSRFToken": cookie("csrftoken") || form.elements.csrfmiddlewaretoken.value };
      const signal = AbortSignal.timeout(PATIENCE);
      return fetch(this.element.dataset.url, { method: "POST", body, headers, redirect: "manual", keepalive: isLeaving, signal })
        .then(async (reply) => ({ kind: reply.type, status: reply.status, facts: await Answer.facts(reply) }));
    }

    static async facts(reply) {
      const isJson = (reply.headers.get("Content-Type") || "").startsWith("application/json");
      return isJson ? reply.json() : null;
    }

    heard({ kind, status: code, facts }, sent) {
      if (kind === "opaqueredirect" || code === 401) this.fail("signedOut");
      else if (code === 200 && facts) this.keep(facts, sent);
      else if (code === 409 && facts) this.conflict(facts);
      else if (code === 422 && facts) this.refuse(facts.message);
      else if (code === 403 && facts) this.stop(`${say.sayRefused} ${facts.message}`);
      else if (code === 403) this.fail("signedOut"); // the form's token belongs to a session that is over
      else if (code === 404) this.stop(say.sayGone);
      else this.fail("offline");
    }

    keep(facts, sent) {
      this.revision.value = facts.revision;
      this.saved = sent;
      this.was(sent);
      this.at = facts.at;
      this.retry = FIRST_RETRY;
      this.problem = "";
      if (this.isSaved()) { store.drop(this.key()); this.settle(facts.at); }
      tell();
    }

    // What stood there when the page was opened is what was saved since: the form's own button sends it along.
    was(sent) {
      for (const [name, value] of [[this.names[0], sent.text], [this.names[1], sent.reason]]) {
        const field = this.element.querySelector(`input[name$=-was_${name}]`);
        if (field) field.value = value;
      }
    }

    settle(at) {
      store.drop(this.key());
      this.show(at ? fill(say.saySaved, { time: at }) : "", "");
    }

    fail(problem) {
      this.problem = problem;
      const isKept = this.isKept || store.set(this.key(), { ...this.written(), revision: this.revision.value, page: this.page.value, at: Date.now() });
      const offline = isKept ? say.sayOffline : say.sayFragile;
      this.show(problem === "signedOut" ? say.saySignedOut : offline, problem);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), this.retry * (0.75 + Math.random() / 2));
      this.retry = Math.min(this.retry * 2, LAST_RETRY);
      tell();
    }

    refuse(message) {
      this.problem = "refused";
      this.saved = this.saved || {};
      this.show(`${say.sayRefused} ${message}`, "refused");
      this.isStopped = true;
      const again = () => { this.isStopped = false; this.problem = ""; };
      this.text.addEventListener("input", again, { once: true, capture: true });
      this.reason.addEventListener("input", again, { once: true, capture: true });
      tell();
    }

    stop(message) {
      this.isStopped = true;
      this.problem = "stopped";
      this.show(message, "stopped");
      tell();
    }

    conflict(facts) {
      this.stop(say.sayConflict);
      this.theirs = facts;
      this.panel.innerHTML = facts.html;
      this.offerChoices();
    }

    offerChoices() {
      const choices = this.panel.querySelector("[data-choices]");
      if (!choices) return;
      this.panel.querySelector(".portal-without-script").hidden = true;
      choices.hidden = false;
      const shown = this.panel.querySelector("[data-theirs]");
      const theirs = this.theirs || { text: shown.dataset.text ?? shown.innerText, reason: shown.dataset.reason || "" };
      choices.addEventListener("click", (event) => {
        const choice = event.target.closest("[data-choose]")?.dataset.choose;
        if (choice) this.choose(choice, theirs);
      });
    }

    choose(choice, theirs) {
      if (this.theirs) this.revision.value = this.theirs.revision;
      if (choice === "theirs") { this.text.value = theirs.text; this.reason.value = theirs.reason; }
      if (choice === "both" && this.reason instanceof Choice) this.text.value = `${theirs.text}\n\n${this.text.value}`.trim();
      else if (choice === "both") { this.text.value = `${theirs.text || theirs.reason}\n\n${this.text.value || this.reason.value}`; this.reason.value = ""; }
      if (choice === "theirs" && this.theirs) this.saved = { text: lines(theirs.text), reason: lines(theirs.reason) };
      this.theirs = null;
      this.panel.replaceChildren();
      this.isStopped = false;
      this.problem = "";
      this.text.focus();
      tell();
      this.changed();
    }

    offerWhatWasLeft() {
      for (const key of store.keys(this.start)) {
        const left = store.get(key);
        const isSame = left && left.text === this.saved.text && left.reason === this.saved.reason;
        if (!left || isSame) store.drop(key);
        else this.offer(key, left);
      }
    }

    offer(key, left) {
      const box = document.createElement("div");
      box.className = "alert alert-info portal-conflict";
      const body = box.appendChild(document.createElement("div"));
      body.className = "alert-body";
      body.appendChild(document.createElement("p")).textContent = fill(say.sayFound, { time: clock(left.at) });
      const quote = body.appendChild(document.createElement("blockquote"));
      quote.className = "portal-quote";
      quote.innerText = (this.reason instanceof Choice ? `${this.reason.label(left.reason)}\n${left.text}`.trim() : left.text || left.reason) || "–";
      const buttons = body.appendChild(document.createElement("p"));
      buttons.className = "portal-actions";
      const button = (text, act) => {
        const made = buttons.appendChild(document.createElement("button"));
        Object.assign(made, { type: "button", className: "button button-secondary", textContent: text });
        made.addEventListener("click", () => { box.remove(); act(); this.text.focus(); });
      };
      button(say.sayRestore, () => this.restore(key, left));
      button(say.sayDiscard, () => store.drop(key));
      this.panel.before(box);
    }

    restore(key, left) {
      if (key !== this.key()) store.drop(key);
      this.text.value = left.text;
      this.reason.value = left.reason;
      if (left.reason) this.reason.closest("details")?.setAttribute("open", "");
      this.revision.value = left.revision; // the server tells whether somebody else has saved since
      this.page.value = left.page;
      this.changed();
    }

    count() {
      if (!this.words) return;
      const count = this.text.value.split(/\s+/).filter(Boolean).length;
      const limit = Number(this.words.dataset.limit) || 0;
      const above = limit ? Math.max(count - limit, 0) : 0;
      this.words.textContent = fill(above ? say.sayAbove : limit ? say.sayLimit : say.sayWords, { count, limit, above });
      this.words.classList.toggle("portal-problem", above > 0);
    }

    show(text, problem) {
      this.state.textContent = text;
      this.state.classList.toggle("portal-problem", Boolean(problem));
    }
  }

  // One line at the top, read aloud, changes only when what is wrong changes.
  function tell() {
    const wrong = answers.find((each) => each.problem);
    const text = wrong ? wrong.state.textContent : "";
    if (status.textContent !== text) status.textContent = text;
    if (!progress) return;
    const done = answers.filter((each) => each.text.value.trim() || each.reason.value.trim()).length;
    progress.textContent = fill(progress.dataset.text, { done, all: answers.length });
  }

  const answers = [];
  for (const element of form.querySelectorAll("[data-answer]")) answers.push(new Answer(element));

  const tryAgain = () => answers.forEach((each) => { if (each.problem === "offline" || each.problem === "signedOut") each.save(); });
  window.addEventListener("online", tryAgain);
  window.addEventListener("focus", tryAgain);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tryAgain();
    else answers.forEach((each) => { if (!each.isSaved()) each.save(true); });
  });
  form.addEventListener("submit", () => { form.dataset.isSent = "yes"; answers.forEach((each) => clearTimeout(each.timer)); });
  window.addEventListener("beforeunload", (event) => {
    answers.forEach((each) => { if (!each.isSaved()) each.save(true); });
    if (!form.dataset.isSent && answers.some((each) => each.problem && !each.isSaved())) event.preventDefault();
  });
})();
