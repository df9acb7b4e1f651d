// Writes web/world.txt: a line for each area, its M49 code (or "-" where the
// United Nations list none) and its outline as an SVG path on a sheet of 2000
// by 980, in the Equal Earth projection. Run once, by "npm ci && node
// generate.mjs"; the result is kept.
//
// The outlines are those of Natural Earth, which shows who is in control. Where
// the maps of the United Nations differ, this follows them: see assigned and
// crimea below, and the words on borders beside the map.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { geoEqualEarth, geoPath, geoCentroid } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const atlas = createRequire(import.meta.url)("world-atlas/countries-50m.json");
const world = simplify(presimplify(atlas), 0.06);
const areas = feature(world, world.objects.countries).features;

// Areas that stand apart in Natural Earth and not in M49.
const assigned = { Somaliland: "706", "N. Cyprus": "196", Taiwan: "156" };
const outlines = new Map();
for (const area of areas) {
  if (!area.geometry || area.properties.name === "Antarctica") continue;
  const code = assigned[area.properties.name] ?? area.id ?? "-";
  const polygons = area.geometry.type === "Polygon" ? [area.geometry.coordinates] : area.geometry.coordinates;
  outlines.set(code, [...(outlines.get(code) ?? []), ...polygons]);
}

// Crimea, after resolution 68/262 of the General Assembly.
const crimea = (polygon) => {
  const [east, north] = geoCentroid({ type: "Polygon", coordinates: polygon });
  return east > 32.4 && east < 36.7 && north > 44.3 && north < 46.3;
};
const moved = outlines.get("643").filter(crimea);
if (moved.length !== 1) throw new Error(`${moved.length} outlines look like Crimea`);
outlines.set("643", outlines.get("643").filter((polygon) => !crimea(polygon)));
outlines.get("804").push(...moved);

const projection = geoEqualEarth().fitExtent([[4, 4], [1996, 1040]], { type: "Sphere" });
const path = geoPath(projection);
const relative = (rings) => rings.map((ring) => {
  let [x, y] = ring[0], out = `M${x} ${y}l`;
  for (const [a, b] of ring.slice(1)) {
    if (a === x && b === y) continue;
    out += `${a - x} ${b - y} `;
    [x, y] = [a, b];
  }
  return out.trim() + "z";
}).join("").replaceAll(" -", "-");

const lines = [];
for (const [code, polygons] of [...outlines].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const of = polygons.map((polygon) => ({ type: "Polygon", coordinates: polygon })).sort((a, b) => path.area(b) - path.area(a));
  const kept = of.filter((polygon, i) => i === 0 || path.area(polygon) > 5);
  let rings = [];
  for (const polygon of kept) {
    const drawn = path(polygon);
    if (!drawn) continue;
    for (const part of drawn.split("Z").filter(Boolean)) {
      const all = part.slice(1).split("L").map((pair) => pair.split(",").map((n) => Math.round(+n)));
      const ring = all.filter(([x, y], i) => i === 0 || x !== all[i - 1][0] || y !== all[i - 1][1]);
      if (ring.length > 2) rings.push(ring);
    }
  }
  if (path.area(of[0]) < 12 && code !== "-") { // small States are a dot that can be seen and hit
    const [x, y] = path.centroid(of[0]).map(Math.round);
    if (Number.isNaN(x)) continue;
    rings = [[[x - 4, y], [x, y - 4], [x + 4, y], [x, y + 4]]];
  }
  if (rings.length) lines.push(`${code} ${relative(rings)}`);
}
writeFileSync(new URL("../../web/world.txt", import.meta.url), lines.join("\n") + "\n");
console.log(`${lines.length} areas`);
