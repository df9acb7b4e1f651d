// Solves assignments with HiGHS, as linear programs of their own making: one
// JSON array of problems on the standard input, one array of optima on the
// standard output. The three aims are followed one after the other, each with
// the optimum of those before it as a condition.
import loadHighs from "highs";

const highs = await loadHighs();

const sum = (terms) => terms.map(([factor, name]) => `${factor < 0 ? "-" : "+"} ${Math.abs(factor)} ${name}`).join(" ");

// linear states the conditions of a problem in the format of CPLEX.
function linear(problem) {
  const rows = [];
  const bounds = [];
  const gives = problem.offers.map(() => []);
  const extra = problem.offers.map((o, i) => (problem.extras[o.provider] ? `e${i}` : null));
  const aims = { first: [], floor: [], score: [] };
  problem.needs.forEach((need, n) => {
    if (need.candidates.length === 0) return;
    const terms = [];
    for (const [offer, score] of need.candidates) {
      const x = `x${n}_${offer}`;
      terms.push([1, x]);
      gives[offer].push([1, x]);
      aims.score.push([score / 1e6 / need.demand, x]);
    }
    const [a, b, c] = [`a${n}`, `b${n}`, `c${n}`];
    rows.push(`${sum(terms)} - ${a} - ${b} - ${c} = 0`);
    bounds.push(`${a} <= 1`, `${b} <= ${need.floor - 1}`, `${c} <= ${need.demand - need.floor}`);
    aims.first.push([1, a]);
    aims.floor.push([1 / need.floor, a], [1 / need.floor, b]);
  });
  const byProvider = {};
  problem.offers.forEach((offer, i) => {
    if (gives[i].length === 0) return;
    (byProvider[offer.provider] ??= []).push(...gives[i]);
    rows.push(`${sum(gives[i])}${extra[i] ? ` - ${extra[i]}` : ""} <= ${offer.supply}`);
  });
  for (const [provider, terms] of Object.entries(byProvider)) rows.push(`${sum(terms)} <= ${problem.ceiling}`);
  for (const [provider, amount] of Object.entries(problem.extras)) {
    const uses = problem.offers.flatMap((o, i) => (o.provider === provider && gives[i].length > 0 ? [[1, `e${i}`]] : []));
    if (uses.length > 0) rows.push(`${sum(uses)} <= ${amount}`);
  }
  return { rows, bounds, aims };
}

function best(aim, rows, bounds) {
  if (aim.length === 0) return 0;
  const text = `Maximize\n obj: ${sum(aim)}\nSubject To\n${rows.map((r, i) => ` r${i}: ${r}`).join("\n")}\nBounds\n${bounds.join("\n")}\nEnd\n`;
  let result;
  try {
    result = highs.solve(text, { output_flag: false, presolve: "off", primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 });
  } catch (problem) {
    result = { Status: problem.message };
  }
  if (result.Status !== "Optimal") {
    process.stderr.write(`${result.Status}:\n${text}`);
    process.exit(1);
  }
  return result.ObjectiveValue;
}

function optimum(problem) {
  const { rows, bounds, aims } = linear(problem);
  const found = {};
  for (const name of ["first", "floor", "score"]) {
    found[name] = best(aims[name], rows, bounds);
    if (aims[name].length > 0) rows.push(`${sum(aims[name])} >= ${found[name] - 1e-8}`);
  }
  return found;
}

let input = "";
for await (const part of process.stdin) input += part;
process.stdout.write(JSON.stringify(JSON.parse(input).map(optimum)));
