// A station that is ticked ticks its zones, and is ticked while all of them are. Without this script the server takes all zones of a
// station that is ticked.
"use strict";

(() => {
  for (const station of document.querySelectorAll(".place input[name=station]")) {
    const zones = [...station.closest(".place").querySelectorAll("input[name=zone]")];
    const look = () => {
      const ticked = zones.filter((zone) => zone.checked).length;
      station.checked = ticked === zones.length;
      station.indeterminate = ticked > 0 && !station.checked;
    };
    station.addEventListener("change", () => { for (const zone of zones) zone.checked = station.checked; });
    for (const zone of zones) zone.addEventListener("change", look);
    addEventListener("pageshow", look); // also where the browser puts back what was ticked before
  }
})();
