// Files dropped on the form, and progress without loading the page again; both go without this script.
const form = document.querySelector("form[data-drop]");
if (form) {
  const files = form.querySelector("input[type=file]");
  const over = (on) => (event) => {
    if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", on);
  };
  form.addEventListener("dragenter", over(true));
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer && event.dataTransfer.files.length) files.files = event.dataTransfer.files;
  });
  const story = form.querySelector("#story");
  if (story) story.addEventListener("input", () => { form.querySelector("#into-story").checked = story.value !== ""; });
}
const bar = document.querySelector("progress[data-job]");
if (bar) {
  const said = document.getElementById("bar-said");
  const look = async () => {
    try {
      const answer = await fetch(bar.dataset.job, { cache: "no-store" });
      const job = await answer.json();
      if (job.state !== bar.dataset.state && job.state !== "adding") return location.reload();
      bar.value = job.done;
      said.textContent = said.textContent.replace(/\d+/, job.done);
    } catch {
      // the desk was closed; the page stays as it is
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 700);
}
