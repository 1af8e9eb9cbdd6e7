// What follows the typing must not look fresh when the session is over: then the page says so above it, and what was typed stays. A page
// on which nothing is typed is opened anew, which leads to the sign-in. For messages.js, schedules.js and sounds.js.
"use strict";

const sessionOver = (() => {
  const REFUSED = [401, 403];

  function tell(place) {
    if (place.querySelector("[data-told-over]")) return;
    const told = document.createElement("p");
    told.className = "notice bad";
    told.setAttribute("role", "alert");
    told.dataset.toldOver = "";
    told.textContent = place.dataset.over;
    place.prepend(told); // fields of the form may stand below
  }

  return (answer) => {
    if (!answer || !(answer.redirected || REFUSED.includes(answer.status))) return false;
    const place = document.querySelector("[data-over]");
    if (place) tell(place); else location.reload();
    return true;
  };
})();
