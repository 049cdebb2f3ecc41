// The connection to the server: server-sent events in, what is shown and what is asked out.
export class Live {
  constructor(store) {
    this.store = store;
    this.watched = null;
  }

  start() {
    const source = new EventSource('/api/live');
    source.addEventListener('hello', event => {
      const hello = JSON.parse(event.data);
      const store = this.store;
      const restarted = store.run !== null && store.run !== hello.run;
      const away = store.awaySince;
      // A connection begins with the whole directory, so what was known before is let go.
      store.reset();
      Object.assign(store, { page: hello.page, run: hello.run, connected: true });
      store.tell('hello', { restarted, away });
    });
    source.addEventListener('tick', event => this.store.takeTick(JSON.parse(event.data)));
    source.onerror = () => {
      if (this.store.connected) {
        this.store.connected = false;
        this.store.awaySince = Date.now();
      } else if (!this.store.awaySince) {
        this.store.awaySince = Date.now();
      }
      this.store.tell('away');
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.start(), 3000);
    };
  }

  async watch(zoom, streams) {
    if (!this.store.page) return;
    const reply = await post('/api/watch', { page: this.store.page, zoom, streams });
    this.store.takeStrips(zoom, reply.strips);
    this.store.present = Math.max(this.store.present, reply.present);
  }

  ask(question) { return post('/api/ask', question); }

  async stream(id) {
    const reply = await fetch('/api/stream?id=' + encodeURIComponent(id));
    return body(reply);
  }
}

async function post(url, value) {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });
  return body(reply);
}

async function body(reply) {
  const value = await reply.json().catch(() => ({}));
  if (!reply.ok) throw Object.assign(new Error(value.error ?? `the console answered ${reply.status}`), { status: reply.status });
  return value;
}
