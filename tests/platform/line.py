"""A line to a server: `python -m tests.platform.line PORT HOST PORT` passes every byte until it is stopped.

Frozen with SIGSTOP it is what a frozen server is to its clients: the kernel takes what they send and connections of
newcomers, and nobody answers.
"""

import asyncio
import sys


async def passed(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(65_536):
            target.write(piece)
            await target.drain()
    except ConnectionError:
        pass
    finally:
        target.close()


async def main(port: int, host: str, server: int) -> None:
    async def joined(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            answers, questions = await asyncio.open_connection(host, server)
        except OSError:
            target.close()
            return
        await asyncio.gather(passed(source, questions), passed(answers, target))

    listening = await asyncio.start_server(joined, "127.0.0.1", port, backlog=512)
    print("open", flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
