// Makes Azurite keep the promise that Table Storage makes: what it acknowledged outlives a kill. By itself it saves its database every five seconds;
// here it is saved, whole and in one rename, before an answer to a change is sent.
const fs = require("node:fs");
const http = require("node:http");
const Loki = require("./node_modules/lokijs");

const databases = new Set();

// Called when a database begins to save itself from time to time; that would write an older state over a newer one.
Loki.prototype.autosaveEnable = function () {
  databases.add(this);
};

function save(database) {
  fs.writeFileSync(`${database.filename}~`, database.serialize());
  fs.renameSync(`${database.filename}~`, database.filename);
  database.autosaveClearFlags();
}

const end = http.ServerResponse.prototype.end;
http.ServerResponse.prototype.end = function (...parts) {
  for (const database of databases) {
    if (database.autosaveDirty()) {
      save(database);
    }
  }

  return end.apply(this, parts);
};
