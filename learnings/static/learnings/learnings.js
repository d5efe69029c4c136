/* Makes coding quicker: mark text instead of pasting it, count suppliers while choosing. Every page works without. */
(() => {
    "use strict";

    document.documentElement.classList.add("learnings-has-js");
    const characters = (text) => Array.from(text).length; // the server counts characters, browsers UTF-16 units

    const focusOnErrors = () => document.querySelector("[data-learnings-focus]")?.focus();

    const focusOnThemes = () =>
        document.querySelector("[data-learnings-themes] :is(input:checked, [data-learnings-search])")?.focus();

    /* Themes are found by typing, chosen by the arrows, ticked by Space; Ctrl and Enter sends the form. */
    const chooseThemes = () => {
        const group = document.querySelector("[data-learnings-themes]");
        if (!group) return;
        const search = group.querySelector("[data-learnings-search]");
        const labels = [...group.querySelectorAll("label:has(input[type=checkbox])")];
        const boxes = () => labels.filter((label) => !label.hidden).map((label) => label.querySelector("input"));

        search?.addEventListener("input", () => {
            const wanted = search.value.trim().toLocaleLowerCase("da");
            for (const label of labels) {
                const isChosen = label.querySelector("input").checked;
                label.hidden = !isChosen && !label.textContent.toLocaleLowerCase("da").includes(wanted);
            }
        });
        group.addEventListener("keydown", (event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step) {
                const found = boxes();
                const next = found[found.indexOf(event.target) + step];
                event.preventDefault();
                (next || search)?.focus();
            } else if (event.key === "Enter" && event.target === search) {
                event.preventDefault();
                boxes()[0]?.focus();
            }
        });
        const form = group.closest("form");
        form.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
        });
    };

    const markPassages = () => {
        const answer = document.querySelector("[data-learnings-answer]");
        const form = document.querySelector("[data-learnings-code]");
        if (!answer || !form) return;
        const { passage, start, end } = form.elements;

        const takeSelection = () => {
            const selection = document.getSelection();
            if (!selection.rangeCount || selection.isCollapsed) return false;
            const range = selection.getRangeAt(0);
            if (!answer.contains(range.startContainer) || !answer.contains(range.endContainer)) return false;
            const before = document.createRange();
            before.selectNodeContents(answer);
            before.setEnd(range.startContainer, range.startOffset);
            const text = range.toString();
            const lead = text.length - text.trimStart().length;
            const first = characters(before.toString()) + characters(text.slice(0, lead));
            const chosen = text.trim();
            if (!chosen) return false;
            passage.value = chosen;
            start.value = first;
            end.value = first + characters(chosen);
            return true;
        };

        answer.addEventListener("mouseup", takeSelection);
        answer.addEventListener("touchend", () => setTimeout(takeSelection));
        answer.addEventListener("keyup", takeSelection);
        answer.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && takeSelection()) {
                event.preventDefault();
                focusOnThemes();
            }
        });
        passage.addEventListener("input", () => {
            start.value = "";
            end.value = "";
        });
    };

    const stepByKey = () => {
        document.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
            if (event.key === "a") document.querySelector("[data-learnings-answer]")?.focus();
            if (event.key === "t") {
                event.preventDefault(); // else the letter is typed into the search
                focusOnThemes();
            }
            document.querySelector(`[data-learnings-key="${CSS.escape(event.key)}"]`)?.click();
        });
    };

    const countSuppliers = () => {
        const form = document.querySelector("[data-learnings-resting]");
        if (!form) return;
        const output = form.querySelector("[data-learnings-count]");
        const list = form.querySelector("[data-learnings-suppliers]");
        const question = form.elements.question;
        const totals = JSON.parse(output.dataset.totals);

        const recount = () => {
            const about = question ? question.value : "";
            for (const row of form.querySelectorAll("[data-question]")) {
                const box = row.querySelector("input");
                row.hidden = Boolean(about) && row.dataset.question !== about && !box.checked;
            }
            for (const theme of form.querySelectorAll("[data-learnings-theme]")) {
                theme.hidden = !theme.querySelector("[data-question]:not([hidden])");
            }
            const names = new Set(
                Array.from(form.querySelectorAll("[data-supplier]:checked"), (box) => box.dataset.supplier).filter(Boolean),
            );
            const values = { n: names.size, m: totals[about] };
            output.textContent = output.dataset.text.replace(/%\((\w)\)s/g, (_all, name) => values[name]);
            list.replaceChildren(
                ...[...names].sort((a, b) => a.localeCompare(b, "da")).map((name) => {
                    const item = document.createElement("li");
                    item.textContent = name;
                    return item;
                }),
            );
        };

        form.addEventListener("change", recount);
        recount();
    };

    const countWords = () => {
        for (const output of document.querySelectorAll("[data-learnings-words]")) {
            const field = document.getElementById(output.dataset.learningsWords);
            const recount = () => {
                const words = field.value.split(/\s+/).filter(Boolean).length;
                output.textContent = `${words} ${output.dataset.text}`;
                output.style.fontWeight = output.dataset.limit && words > Number(output.dataset.limit) ? "600" : "";
            };
            field.addEventListener("input", recount);
            recount();
        }
    };

    document.querySelector(".learnings-desk__list [aria-current]")?.scrollIntoView({ block: "nearest" });
    focusOnErrors();
    chooseThemes();
    markPassages();
    stepByKey();
    countSuppliers();
    countWords();
})();
