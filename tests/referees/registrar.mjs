// SPDX-License-Identifier: MIT
// Where a sandbox reports before it announces its API (tests/sandbox/front.h): who listens here may
// stand in front of it, with its own identity.
import net from 'node:net';

export const listen = (server, port = 0) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server.address().port));
  });

/**
 * @param make ({port, wanted, certificate, key}) => an https.Server that is not listening yet
 * @returns {Promise<{address, stop}>} the servers live as long as their sandboxes
 */
export const startRegistrar = async (make) => {
  const lines = new Set();

  const register = async (line, question) => {
    const server = make(question);
    const sockets = new Set();

    server.on('connection', (socket) => (sockets.add(socket), socket.on('close', () => sockets.delete(socket))));
    line.on('close', () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    line.write(`${JSON.stringify({ port: await listen(server, question.wanted) })}\n`);
  };
  const registrar = net.createServer((line) => {
    let text = '';
    lines.add(line);
    line.on('error', () => {});
    line.on('close', () => lines.delete(line));
    line.on('data', (part) => {
      text += part;
      if (text.endsWith('\n')) register(line, JSON.parse(text)).catch(() => line.destroy());
    });
  });

  return {
    address: `127.0.0.1:${await listen(registrar)}`,
    stop: () => {
      registrar.close();
      for (const line of lines) line.destroy();
    },
  };
};
