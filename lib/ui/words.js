// What Streamlit writes in English only, in the visitor's language, and the language of the document.
// `FORMS` has one list per language and `streamlit`, in the same order; `LANGUAGE` is the visitor's. Only whole texts and the beginnings that end
// in a blank are replaced, and only outside of the page's own words. A word that Streamlit changes stays as Streamlit writes it.
// Toasts get the accessible name that Streamlit leaves out.
(() => {
  const forms = FORMS;
  const language = LANGUAGE;
  const tooLarge = TOO_LARGE;
  const tooLargeOnData = LARGER_ON_DATA;
  const known = new Map();
  for (const before of new Set(["streamlit", window.brineLanguage ?? "streamlit"]))
    forms[before].forEach((word, place) => known.set(word, forms[language][place]));
  window.brineLanguage = language;
  const own = "[data-testid='stMarkdownContainer'], [data-testid='stHtml'], [role='gridcell'], table, pre, code, svg";
  const attributes = ["aria-label", "title", "placeholder"];

  const beginnings = [...known].filter(([word]) => word.endsWith(" "));

  function said(words) {
    const begun = beginnings.find(([word]) => words.startsWith(word));
    return begun ? begun[1] + words.slice(begun[0].length) : known.get(words);
  }
  function put(element) {
    for (const name of attributes) {
      const words = element.getAttribute(name);
      const ours = words && said(words);
      if (ours && ours !== words) element.setAttribute(name, ours);
    }
  }
  function name(toast) {
    // Streamlit's toasts are dialogs whose name points to an element that does not exist.
    if (document.getElementById(toast.getAttribute("aria-labelledby"))) return;
    toast.removeAttribute("aria-labelledby");
    toast.setAttribute("aria-label", toast.textContent.trim());
  }
  function refused(node) {
    // The browser checks the size of a file: what is larger never reaches the server, which would name the command.
    const limit = /^File must be ([\d.]+?)(?:\.0)?MB or smaller\.$/.exec(node.nodeValue.trim());
    return limit && (node.parentElement?.closest(".st-key-bring-own") ? tooLargeOnData : tooLarge).replace("{limit}", limit[1]);
  }
  function write(node) {
    const ours = known.get(node.nodeValue.trim()) ?? refused(node);
    if (ours && ours !== node.nodeValue && !node.parentElement?.closest(own)) node.nodeValue = ours;
  }
  function visit(root) {
    if (root.nodeType === Node.TEXT_NODE) return write(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    put(root);
    root.querySelectorAll("[data-testid='stToast']").forEach(name);
    if (root.matches("[data-testid='stToast']")) name(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.nodeType === Node.TEXT_NODE ? write(walker.currentNode) : put(walker.currentNode);
  }

  document.documentElement.lang = language;
  // Tables write numbers and days as these languages do. The first is that of the page's sentences, without the
  // browser's region: else "8 Jun" stands in a table and "Jun 8" above it.
  window.brineLanguages ??= [...navigator.languages];
  const languages = [language, ...window.brineLanguages];
  Object.defineProperty(navigator, "languages", { configurable: true, get: () => languages });
  // Not `navigator.language`, although calendars go by it: the server takes the browser's own language from there, which
  // decides whether the address has to keep the page's.
  window.brineWords?.disconnect();
  window.brineWords = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") put(change.target);
      else if (change.type === "characterData") write(change.target);
      else change.addedNodes.forEach(visit);
    }
  });
  window.brineWords.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
  visit(document.body);
})();
