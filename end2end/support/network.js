// What lies between the pages and the server: a proxy that is as bad as a journey wants it.
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { Transform } from "node:stream";

const HOST = "127.0.0.1";

export class Network {
  /** Opens with nothing behind it yet: set `port` once the server is there. */
  static async open() {
    const network = new Network();
    network.server.listen(0, HOST);
    await once(network.server, "listening");
    return network;
  }

  constructor() {
    this.port = 0;
    /** Whether requests to upgrade are refused. */
    this.forbidsSockets = false;
    /** Whether answers that go on are kept until they end. */
    this.holdsStreams = false;
    /** Whether live lines seem to be there and bring nothing. */
    this.isDeaf = false;
    /** Milliseconds by which what live lines bring is late. */
    this.lateMs = 0;
    /** How many live lines there were, by their ways. */
    this.opened = { socket: 0, events: 0, poll: 0 };
    this.lines = new Set();
    this.server = http.createServer((request, answer) => this.ask(request, answer));
    this.server.on("upgrade", (request, socket, head) => this.upgrade(request, socket, head));
  }

  get url() {
    return `http://${HOST}:${this.server.address().port}`;
  }

  /** Breaks every live line. */
  cut() {
    for (const line of this.lines) line.destroy();
  }

  ask(request, answer) {
    const { url: path, method, headers } = request;
    const onward = http.request({ host: HOST, port: this.port, path, method, headers, agent: false });
    onward.on("error", () => answer.destroy());
    onward.on("response", (response) => {
      response.on("error", () => answer.destroy());
      const streams = response.headers["content-type"] === "text/event-stream";
      const polls = path.startsWith("/api/v1/live/poll");
      if (streams || polls) this.follow(streams ? "events" : "poll", answer);
      if (streams && this.holdsStreams) {
        response.resume();
        return;
      }
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(this.pace(streams)).pipe(answer);
    });
    answer.on("close", () => onward.destroy());
    request.pipe(onward);
  }

  upgrade(request, socket, head) {
    socket.on("error", () => socket.destroy());
    if (this.forbidsSockets) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.follow("socket", socket);
    const { url: path, rawHeaders } = request;
    const onward = net.connect(this.port, HOST, () => {
      onward.setNoDelay(true);
      const names = rawHeaders.filter((_, at) => at % 2 === 0);
      const lines = names.map((name, at) => `${name}: ${rawHeaders[2 * at + 1]}`);
      onward.write([`GET ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
      onward.write(head);
      socket.pipe(onward);
      onward.pipe(this.pace(true)).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    onward.on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  }

  follow(way, line) {
    this.opened[way] += 1;
    this.lines.add(line);
    line.on("close", () => this.lines.delete(line));
  }

  /** What takes bytes on, late or not at all, and always in their order. */
  pace(isLine) {
    return new Transform({
      transform: (bytes, _encoding, done) => {
        if (!isLine) done(null, bytes);
        else if (this.isDeaf) done();
        else if (this.lateMs) setTimeout(() => done(null, bytes), this.lateMs);
        else done(null, bytes);
      },
    });
  }

  async close() {
    this.server.close();
    this.server.closeAllConnections();
    this.cut();
  }
}

/** A port that is free now. */
export async function freePort() {
  const server = net.createServer().listen(0, HOST);
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
