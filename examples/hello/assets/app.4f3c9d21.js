// Fills in the one part of the page that the files cannot know: the address they are served under.
const host = location.host;
const label = location.hostname.split(".")[0];

for (const place of document.querySelectorAll("[data-host]")) {
  place.textContent = host;
}
for (const place of document.querySelectorAll("[data-kind]")) {
  // The address of one deployment begins with its id: ten characters, the first a digit.
  const isDeployment = /^[0-9][0-9a-hjkmnp-tv-z]{9}-/.test(label);
  place.textContent = isDeployment ? ", the address of one deployment" : ", the address that always shows the latest";
}
