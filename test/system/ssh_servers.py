"""Real SSH servers for tests: sshd on loopback addresses and in network namespaces, each with a file system of its own.

Every server sees its own folder under one path, through a mount namespace, so that one plan fits all of them. Needs
root, openssh-server and iproute2. What it makes ends with stop().
"""

import contextlib
import itertools
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

SSHD = "/usr/sbin/sshd"
_numbers = itertools.count(1)


def run(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **options)


def free_port(address="127.0.0.1"):
    with contextlib.closing(socket.socket()) as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


class Server:
    """One sshd. `folder` is what it sees at the common mount point."""

    def __init__(self, name, address, port, folder, process):
        self.name, self.address, self.port, self.folder, self.process = name, address, port, folder, process

    @property
    def target(self):
        return self.folder / "app"

    def current(self):
        """The id of the current release, or None."""
        link = self.target / "current"
        return os.readlink(link).removeprefix("releases/") if link.is_symlink() else None

    def tree(self):
        """The current release: path -> (mode, content or link or None for folders). Read again where a switch happens
        meanwhile: one look at a path sees one release, many looks may see two."""
        while True:
            before = self.current()
            with contextlib.suppress(FileNotFoundError):
                found = self.read_tree()
                if self.current() == before:
                    return found

    def read_tree(self):
        top = os.fsencode(self.target / "current") + b"/"
        found = {}
        for folder, folders, files in os.walk(top):
            for name in folders + files:
                path = os.path.join(folder, name)
                info = os.lstat(path)
                if os.path.islink(path):
                    content = os.readlink(path)
                else:
                    content = open(path, "rb").read() if os.path.isfile(path) else None
                found[path[len(top):]] = (None if os.path.islink(path) else info.st_mode & 0o7777, content)
        return found

    def sessions(self):
        """The process ids of its connections."""
        pid = self.process.pid
        return [int(word) for word in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class SshServers:
    """A set of servers below `root`, one client key, one ssh config with a Host for each."""

    def __init__(self, root):
        assert os.geteuid() == 0, "these tests make namespaces: run them as root"
        assert os.path.exists(SSHD), "openssh-server is not installed: run tools/setup test"
        self.root = pathlib.Path(root)
        self.root.mkdir(parents=True, exist_ok=True)
        self.mount = self.root / "mnt"
        self.mount.mkdir()
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        self.servers = {}
        self.namespaces = []
        self.hosts = []  # blocks of the ssh config
        self.known = []
        self.extra = []  # addresses and routes to remove
        self.make_key("client")

    def make_key(self, name):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.root / name)
        return (self.root / f"{name}.pub").read_text()

    def namespace(self):
        """A network namespace that is reached at the address it returns: (name, our address, its address)."""
        number = os.getpid() % 250
        name = f"tamis-{os.getpid()}-{next(_numbers)}"
        subnet = f"10.{200 + len(self.namespaces)}.{number}"
        link = f"tm{os.getpid() % 100000}x{len(self.namespaces)}"
        run("ip", "netns", "add", name)
        self.namespaces.append(name)
        run("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "addr", "add", f"{subnet}.1/24", "dev", link)
        run("ip", "link", "set", link, "up")
        for words in (["addr", "add", f"{subnet}.2/24", "dev", "eth0"], ["link", "set", "eth0", "up"],
                      ["link", "set", "lo", "up"]):
            run("ip", "-n", name, *words)
        return name, f"{subnet}.1", f"{subnet}.2"

    def black_hole(self):
        """An address that takes packets and never answers."""
        name, ours, its = self.namespace()
        hole = its.rsplit(".", 1)[0] + ".3"
        run("ip", "-n", name, "addr", "add", f"{hole}/24", "dev", "eth0")
        run("ip", "-n", name, "route", "add", "blackhole", f"{ours}/32")
        return hole

    def start(self, name, address="127.0.0.1", namespace=None, known=True, tmpfs=None, jump=None, environment=()):
        """Starts a server and makes it a Host of the config."""
        folder = self.root / name
        folder.mkdir()
        port = free_port() if namespace else free_port(address)
        key = self.make_key(f"{name}.key")
        config = self.root / f"{name}.sshd"
        config.write_text(
            f"Port {port}\nListenAddress {address}\nHostKey {self.root}/{name}.key\nPidFile none\nUsePAM no\n"
            f"AuthorizedKeysFile {self.root}/client.pub\nStrictModes no\nPermitRootLogin prohibit-password\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nMaxStartups 100\nMaxSessions 50\nUseDNS no\n"
            "Subsystem sftp internal-sftp\nLogLevel ERROR\n"
            + (("SetEnv " + " ".join(environment) + "\n") if environment else ""))
        mount = f"mount -t tmpfs -o size={tmpfs} tmpfs {folder} && " if tmpfs else ""
        script = f"{mount}mount --bind {folder} {self.mount} && exec {SSHD} -D -e -f {config}"
        if tmpfs:  # to be seen from outside too
            run("mount", "-t", "tmpfs", "-o", f"size={tmpfs}", "tmpfs", folder)
            script = script.removeprefix(mount)
        words = ["unshare", "--mount", "sh", "-c", script]
        if namespace:
            words = ["ip", "netns", "exec", namespace, *words]
        log = open(self.root / f"{name}.log", "wb")
        process = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        server = Server(name, address, port, folder, process)
        server.tmpfs = bool(tmpfs)
        self.servers[name] = server
        self.wait_for_port(server, namespace)
        self.add_host(name, address, port, key if known else None, jump)
        return server

    def wait_for_port(self, server, namespace):
        probe = f"exec 3<>/dev/tcp/{server.address}/{server.port}"
        words = ["bash", "-c", probe]
        if namespace:
            words = ["ip", "netns", "exec", namespace, *words]
        for _ in range(200):
            if subprocess.run(words, capture_output=True).returncode == 0:
                return
            assert server.process.poll() is None, (self.root / f"{server.name}.log").read_text()
            time.sleep(0.02)
        raise AssertionError(f"{server.name} does not listen")

    def add_host(self, name, address, port, key, jump=None):
        block = f"Host {name}\n  HostName {address}\n  Port {port}\n  HostKeyAlias {name}\n"
        if jump:
            block += f"  ProxyJump {jump}\n"
        self.hosts.append(block)
        if key:
            self.known.append(f"{name} {key}")

    def write_config(self):
        """The ssh config and known hosts as they are by now; returns the config's path."""
        (self.root / "known_hosts").write_text("".join(self.known))
        config = self.root / "ssh_config"
        config.write_text("".join(self.hosts) +
                          f"Host *\n  User root\n  IdentityFile {self.root}/client\n  IdentitiesOnly yes\n"
                          f"  UserKnownHostsFile {self.root}/known_hosts\n  GlobalKnownHostsFile /dev/null\n"
                          "  ConnectTimeout 5\n")
        return config

    def stop(self):
        for server in self.servers.values():
            with contextlib.suppress(OSError):
                for pid in server.sessions():
                    os.kill(pid, signal.SIGKILL)
            server.process.kill()
            server.process.wait()
            if server.tmpfs:
                subprocess.run(["umount", "-l", server.folder], capture_output=True)
        for name in self.namespaces:
            subprocess.run(["ip", "netns", "del", name], capture_output=True)
        shutil.rmtree(self.root, ignore_errors=True)
