// Keeps the token by which a reload resumes this browser's work, and asks before work is lost. `FACTS` come from the server.
(() => {
  const facts = FACTS;
  const secure = facts.secure ? "; Secure" : "";
  document.cookie = `${facts.name}=${facts.token}; Path=${facts.path}; SameSite=Strict${secure}`;
  window.brineUnsaved = facts.unsaved;
  if (window.brineLeaving) return;
  window.brineLeaving = true;
  const saving = "[class*='st-key-download-model'], [class*='st-key-project-save'] button";
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(saving)) window.brineUnsaved = false;
  }, true);
  window.addEventListener("beforeunload", (event) => {
    if (!window.brineUnsaved) return;
    event.preventDefault();
    event.returnValue = "";
  });
})();
