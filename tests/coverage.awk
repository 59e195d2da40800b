# Joins the coverage files of all test projects: a line counts as covered when any of them ran it.
# Prints one line per project, and ends with 1 when Core or Data is under the floor.
function project(file) {
  if (match(file, /src\/[A-Za-z]+\//)) return substr(file, RSTART + 4, RLENGTH - 5)
  return ""
}
/<source>/ { gsub(/.*<source>|<\/source>.*/, ""); source = $0 }
/<class / { match($0, /filename="[^"]*"/); file = source "/" substr($0, RSTART + 10, RLENGTH - 11); generated = file ~ /\/obj\// }
/<line / && !generated {
  match($0, /number="[0-9]+"/); line = substr($0, RSTART + 8, RLENGTH - 9)
  match($0, /hits="[0-9]+"/); hits = substr($0, RSTART + 6, RLENGTH - 7)
  if (!((file, line) in covered)) covered[file, line] = 0
  if (hits > 0) covered[file, line] = 1
}
END {
  for (key in covered) {
    split(key, part, SUBSEP); name = project(part[1])
    if (name != "") { lines[name]++; hit[name] += covered[key] }
  }
  for (name in lines) {
    rate = 100 * hit[name] / lines[name]
    printf "coverage: %-10s %5.1f %% of %d lines\n", name, rate, lines[name]
    if ((name == "Core" || name == "Data") && rate < floor) failed = 1
  }
  if (failed) print "coverage: Core and Data must each reach " floor " %"
  exit failed
}
