# Reads the networks that the gateway itself is in.
part networks
ip -j address show
ended
